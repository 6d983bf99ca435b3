"""What people do on most working days, for each minor group of the SOC, told in words of our own.

The groups are those of the Standard Occupational Classification 2018 (https://www.bls.gov/soc/2018/). A seeker
reads it before a chat, so that the fifteen minutes can go to what no text tells.
"""

from collections.abc import Mapping
from types import MappingProxyType

# Each phrase goes on after "they".
_BY_MINOR_GROUP: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "11-1": (
            "decide where an organisation goes",
            "answer for its budget and its people",
            "speak for it outside",
        ),
        "11-2": ("find out what customers want", "plan campaigns and prices", "lead the teams that sell"),
        "11-3": ("keep a department running", "plan its money and its staff", "choose systems and suppliers"),
        "11-9": ("run a site or a service day by day", "plan staff and budgets", "see that rules are kept"),
        "13-1": (
            "weigh facts and figures",
            "advise on business decisions",
            "deal with people in and outside the firm",
        ),
        "13-2": ("read accounts and records", "judge risks and values", "explain what the figures mean"),
        "15-1": ("work out what users need", "build, test and mend systems", "keep them safe and running"),
        "15-2": ("collect and clean data", "build models and test them", "explain what the numbers say"),
        "17-1": ("survey places and needs", "draw plans and models", "follow a design until it stands"),
        "17-2": (
            "turn needs into designs",
            "test and calculate what will hold",
            "solve problems with those who build",
        ),
        "17-3": ("draw, measure and test", "set up equipment", "help engineers to find what fails"),
        "19-1": ("plan and run studies of living things", "analyse samples and data", "write up what they find"),
        "19-2": ("plan and run experiments", "measure, model and compare", "write up what they find"),
        "19-3": ("ask how people and societies work", "gather and interpret evidence", "advise those who decide"),
        "19-4": ("take and prepare samples", "run tests and look after instruments", "keep exact records"),
        "19-5": ("visit workplaces", "find what could harm people", "advise how to make work safer"),
        "21-1": ("listen to people in difficulty", "plan help with them", "bring them together with services"),
        "21-2": ("lead services and groups", "stand by people in hard times", "organise a community's life"),
        "23-1": ("read cases and the law", "write arguments or decisions", "speak with the parties and in court"),
        "23-2": ("search records and law", "prepare documents", "keep cases and deadlines in order"),
        "25-1": ("teach classes and guide students", "set and mark work", "do research of their own"),
        "25-2": ("plan and teach lessons", "see how each child gets on", "talk with parents and colleagues"),
        "25-3": ("fit lessons to each learner", "explain and practise", "see what has been understood"),
        "25-4": ("look after collections", "describe and order them", "help people to find and understand things"),
        "25-9": ("prepare material for learning", "help learners one by one", "support those who teach"),
        "27-1": ("sketch and try out ideas", "choose materials, colours and forms", "work to a brief with others"),
        "27-2": ("rehearse and prepare", "perform, direct or produce", "look for the next engagement"),
        "27-3": ("find out and check facts", "write, edit or speak", "work to deadlines"),
        "27-4": ("set up and run equipment", "record pictures and sound", "edit what was recorded"),
        "29-1": ("find out what ails a patient", "decide on a treatment", "follow how it works"),
        "29-2": ("run tests and treatments", "look after equipment", "keep exact records of patients"),
        "29-9": ("support treatment with special knowledge", "keep records", "advise patients and colleagues"),
        "31-1": ("help people to wash, dress and eat", "watch how they are", "keep them company"),
        "31-2": ("prepare and help with exercises", "watch how patients get on", "report to therapists"),
        "31-9": ("prepare rooms, tools and patients", "help during treatment", "keep records"),
        "33-1": ("plan shifts and operations", "lead a team in the field", "review what happened"),
        "33-2": ("answer emergencies", "train and look after equipment", "find out how fires start"),
        "33-3": ("patrol or investigate", "write reports", "deal with people under strain"),
        "33-9": ("watch over places and people", "step in before harm is done", "report what they see"),
        "35-1": ("plan menus and shifts", "lead a kitchen or a service", "watch quality and costs"),
        "35-2": ("prepare and cook food", "keep a kitchen clean and in step", "watch stocks and times"),
        "35-3": ("take orders and serve", "prepare drinks or food", "look after guests"),
        "35-9": ("set up and clear away", "keep things clean", "help whoever cooks and serves"),
        "37-1": ("plan rounds and shifts", "check the work that is done", "order supplies"),
        "37-2": ("clean and keep buildings in order", "handle supplies safely", "report what needs repair"),
        "37-3": ("plant, mow and prune", "look after tools and machines", "work outside in all weather"),
        "39-1": ("plan shifts and services", "lead a team", "settle what guests complain about"),
        "39-2": ("feed and look after animals", "watch their health and behaviour", "train them"),
        "39-3": (
            "look after guests and games or shows",
            "handle money or tickets",
            "keep to the rules of the house",
        ),
        "39-4": ("prepare for a funeral", "comfort families", "see to papers and arrangements"),
        "39-5": ("ask what a client wants", "cut, style or treat", "keep tools and places clean"),
        "39-6": ("welcome guests", "carry, book and find things for them", "know the house and the town"),
        "39-7": ("plan tours", "show places and tell their stories", "look after a group"),
        "39-9": (
            "plan the day for children or groups",
            "keep people safe and busy",
            "talk with parents or members",
        ),
        "41-1": ("plan shifts and stock", "lead a sales team", "settle what customers complain about"),
        "41-2": ("serve customers", "take payments", "keep goods in order"),
        "41-3": ("find out what a client needs", "explain services and prices", "keep in touch after the sale"),
        "41-4": ("visit and advise customers", "explain technical goods", "agree on prices and delivery"),
        "41-9": ("show what there is to buy", "advise and negotiate", "look for new customers"),
        "43-1": ("plan an office's work", "lead and train staff", "settle what went wrong"),
        "43-2": ("answer and connect calls", "find information", "pass messages on"),
        "43-3": ("enter and check figures", "send and settle bills", "clear up what does not add up"),
        "43-4": ("answer questions", "check and file forms", "keep records up to date"),
        "43-5": ("plan who goes where and when", "track goods or messages", "solve what holds them up"),
        "43-6": ("organise days, meetings and travel", "write and file", "keep people informed"),
        "43-9": ("enter and check data", "prepare texts and papers", "keep an office supplied"),
        "45-1": ("plan work by season and weather", "lead crews", "look after land, animals and machines"),
        "45-2": (
            "plant, tend and harvest, or look after animals",
            "run machines",
            "sort and check what is produced",
        ),
        "45-3": ("find and catch fish or game", "look after gear and boats", "keep to seasons and limits"),
        "45-4": ("plant, tend or fell trees", "run heavy machines", "keep forests healthy and crews safe"),
        "47-1": ("plan building work", "lead crews on site", "watch safety, quality and time"),
        "47-2": ("read plans and measure", "cut, fit and fix", "work on sites with other trades"),
        "47-3": ("carry and prepare material", "hold, clean and help", "learn a trade beside others"),
        "47-4": ("inspect or install", "keep to rules and codes", "work on many sites"),
        "47-5": ("run drills and heavy machines", "watch ground and gauges", "keep crews safe"),
        "49-1": ("plan repairs", "lead a workshop or a crew", "help with the hardest faults"),
        "49-2": ("find faults in equipment", "repair or replace parts", "test what was mended"),
        "49-3": ("find faults in vehicles", "repair or replace parts", "test before they go out again"),
        "49-9": ("install and look after machines", "find and mend faults", "travel to where they stand"),
        "51-1": ("plan shifts and output", "lead a line or a plant", "watch safety and quality"),
        "51-2": ("read drawings", "put parts together", "test and adjust what was built"),
        "51-3": ("prepare and process food", "run ovens, knives or machines", "watch freshness and hygiene"),
        "51-4": ("set up machines", "shape, cut or join metal and plastic", "measure what comes out"),
        "51-5": ("prepare files and plates", "run presses", "check colours and finish"),
        "51-6": ("cut, sew or clean textiles", "run machines", "check seams and finish"),
        "51-7": ("choose and cut wood", "shape, join and finish", "look after sharp machines"),
        "51-8": ("watch gauges and controls", "start, stop and balance a plant", "act fast when something fails"),
        "51-9": ("set up and watch machines", "take samples and measure", "keep production going"),
        "53-1": ("plan loads and routes", "lead a crew", "watch safety and time"),
        "53-2": ("prepare and check flights", "fly, guide or look after passengers", "keep to strict procedures"),
        "53-3": ("plan a route", "drive and look after a vehicle", "deal with passengers or deliveries"),
        "53-4": ("drive or direct trains", "watch signals and tracks", "keep to timetables"),
        "53-5": ("steer or run a vessel", "stand watch", "look after engines and gear"),
        "53-6": ("keep traffic, bridges or vehicles in order", "help travellers", "report what is wrong"),
        "53-7": ("load, lift and move goods", "run cranes or trucks", "keep a site safe"),
        "55-1": ("plan and lead missions", "train and look after a unit", "answer for people and equipment"),
        "55-2": ("train a crew", "see that orders are carried out", "look after people and equipment"),
        "55-3": ("train for missions", "run and look after equipment", "work as one crew"),
    }
)


def daily_work(code: str) -> tuple[str, ...]:
    """Return what people of the occupation `code` (O*NET-SOC) do on most days, in phrases that follow "they".

    It is told of the whole minor group; of an operator's own codes nothing is known, and nothing is returned.
    """
    return _BY_MINOR_GROUP.get(code[:4], ())
