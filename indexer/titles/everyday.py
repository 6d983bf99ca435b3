"""Everyday titles that O*NET lacks, or knows only for an odd occupation ("full stack developer": photo printing).

Each row is a title and the official titles of what it means, the likeliest first; they take the place of what
O*NET says. A taxonomy without these official titles is not touched. To be extended from searches that failed.
"""

_WEB_DESIGN = "Web and Digital Interface Designers"
_IT_PROJECTS = "Information Technology Project Managers"
_IT_MANAGERS = "Computer and Information Systems Managers"
_SYSTEMS = "Computer Systems Engineers/Architects"
_ADMINISTRATORS = "Network and Computer Systems Administrators"
_SALES = "Sales Representatives of Services, Except Advertising, Insurance, Financial Services, and Travel"
_MARKET_RESEARCH = "Market Research Analysts and Marketing Specialists"
_FILM = "Camera Operators, Television, Video, and Film"
_SECRETARIES = "Secretaries and Administrative Assistants, Except Legal, Medical, and Executive"
_PRIMARY = "Elementary School Teachers, Except Special Education"
_PRINCIPALS = "Education Administrators, Kindergarten through Secondary"

# O*NET has titles for Java, C++ and .NET, and for few others.
_LANGUAGES = (
    *(
        "C",
        "C++",
        "C#",
        "F#",
        "Objective-C",
        ".NET",
        "Java",
        "Kotlin",
        "Scala",
        "Swift",
        "Golang",
        "Rust",
        "Python",
    ),
    *("Ruby", "Ruby on Rails", "Perl", "Haskell", "Elixir", "iOS", "Android"),
)
_WEB_LANGUAGES = (
    "JavaScript",
    "TypeScript",
    "Node.js",
    "React",
    "Angular",
    "Vue.js",
    "PHP",
    "ASP.NET",
    "WordPress",
)
_TECHNICAL_TITLES = (
    *((f"{name} {job}", "Software Developers") for name in _LANGUAGES for job in ("developer", "engineer")),
    *((f"{name} programmer", "Computer Programmers", "Software Developers") for name in _LANGUAGES),
    *((f"{name} developer", "Web Developers", "Software Developers") for name in _WEB_LANGUAGES),
    *((f"{name} engineer", "Software Developers", "Web Developers") for name in _WEB_LANGUAGES),
    ("SQL developer", "Database Architects", "Database Administrators", "Software Developers"),
    *((f"R {job}", "Data Scientists", "Statisticians") for job in ("developer", "programmer")),
)

EVERYDAY_TITLES = (
    *_TECHNICAL_TITLES,
    # Software and data
    ("software engineer in test", "Software Quality Assurance Analysts and Testers"),
    ("site reliability engineer", _ADMINISTRATORS, "Software Developers"),
    ("development operations engineer", "Software Developers", _ADMINISTRATORS),
    ("devops engineer", "Software Developers", _ADMINISTRATORS),
    ("platform engineer", "Software Developers", _ADMINISTRATORS),
    ("cloud engineer", _SYSTEMS, _ADMINISTRATORS),
    ("back end developer", "Software Developers", "Web Developers"),
    ("back end engineer", "Software Developers", "Web Developers"),
    ("full stack developer", "Software Developers", "Web Developers"),
    ("full stack engineer", "Software Developers", "Web Developers"),
    ("mobile developer", "Software Developers"),
    ("app developer", "Software Developers"),
    ("game developer", "Software Developers", "Video Game Designers"),
    ("machine learning engineer", "Data Scientists", "Software Developers"),
    ("artificial intelligence engineer", "Data Scientists", "Software Developers"),
    ("prompt engineer", "Data Scientists", "Software Developers"),
    ("security engineer", "Information Security Engineers", "Information Security Analysts"),
    ("ethical hacker", "Penetration Testers"),
    ("tech lead", "Software Developers", _IT_MANAGERS),
    ("engineering manager", "Architectural and Engineering Managers", _IT_MANAGERS),
    ("vice president of engineering", _IT_MANAGERS, "Architectural and Engineering Managers"),
    ("IT manager", _IT_MANAGERS, _IT_PROJECTS),
    ("developer advocate", "Software Developers", "Public Relations Specialists"),
    # Product and design
    ("product owner", _IT_PROJECTS, "Marketing Managers"),
    ("technical program manager", _IT_PROJECTS),
    ("agile coach", _IT_PROJECTS),
    ("program manager", "Project Management Specialists", "General and Operations Managers"),
    ("product designer", _WEB_DESIGN, "Commercial and Industrial Designers"),
    ("user experience researcher", _WEB_DESIGN, _MARKET_RESEARCH),
    ("user experience writer", "Technical Writers", _WEB_DESIGN),
    # Business
    ("chief marketing officer", "Marketing Managers", "Chief Executives"),
    ("chief product officer", "Chief Executives", "Marketing Managers"),
    ("chief people officer", "Human Resources Managers", "Chief Executives"),
    ("chief of staff", "General and Operations Managers"),
    ("managing director", "Chief Executives"),
    ("manager", "General and Operations Managers"),
    ("founder", "Chief Executives", "General and Operations Managers"),
    ("startup founder", "Chief Executives", "General and Operations Managers"),
    ("entrepreneur", "Chief Executives", "General and Operations Managers"),
    ("strategy consultant", "Management Analysts"),
    ("business consultant", "Management Analysts"),
    ("venture capital investor", "Investment Fund Managers", "Financial and Investment Analysts"),
    ("venture capitalist", "Investment Fund Managers", "Financial and Investment Analysts"),
    ("angel investor", "Investment Fund Managers", "Financial and Investment Analysts"),
    ("private equity analyst", "Financial and Investment Analysts"),
    ("financial adviser", "Personal Financial Advisors"),
    ("ESG analyst", "Sustainability Specialists", "Financial and Investment Analysts"),
    ("data protection officer", "Compliance Officers"),
    ("social media manager", "Public Relations Specialists", _MARKET_RESEARCH),
    (
        "community manager",
        "Public Relations Specialists",
        "Property, Real Estate, and Community Association Managers",
    ),
    ("growth hacker", "Search Marketing Strategists", _MARKET_RESEARCH),
    ("growth marketer", "Search Marketing Strategists", _MARKET_RESEARCH),
    ("performance marketer", "Search Marketing Strategists", _MARKET_RESEARCH),
    ("account executive", _SALES, "Advertising and Promotions Managers"),
    ("account manager", _SALES, "Sales Managers", "Advertising and Promotions Managers"),
    ("business development representative", _SALES),
    ("customer success manager", _SALES, "Customer Service Representatives"),
    ("personal assistant", "Executive Secretaries and Executive Administrative Assistants", _SECRETARIES),
    ("virtual assistant", _SECRETARIES),
    ("call centre agent", "Customer Service Representatives"),
    ("shop assistant", "Retail Salespersons"),
    ("sales assistant", "Retail Salespersons"),
    ("estate agent", "Real Estate Sales Agents"),
    # Health and care
    ("licensed practical nurse", "Licensed Practical and Licensed Vocational Nurses"),
    ("midwife", "Midwives", "Nurse Midwives"),
    ("therapist", "Mental Health Counselors", "Marriage and Family Therapists", "Physical Therapists"),
    ("psychotherapist", "Clinical and Counseling Psychologists", "Mental Health Counselors"),
    ("counsellor", "Mental Health Counselors", "Educational, Guidance, and Career Counselors and Advisors"),
    ("clinical research associate", "Clinical Research Coordinators"),
    ("medical science liaison", "Medical Scientists, Except Epidemiologists"),
    (
        "lab technician",
        "Medical and Clinical Laboratory Technicians",
        "Biological Technicians",
        "Chemical Technicians",
    ),
    ("carer", "Personal Care Aides", "Home Health Aides"),
    ("care assistant", "Personal Care Aides", "Nursing Assistants"),
    ("au pair", "Nannies"),
    # Science, law and teaching
    ("ecologist", "Zoologists and Wildlife Biologists", "Biologists", "Industrial Ecologists"),
    ("policy analyst", "Political Scientists", "Climate Change Policy Analysts"),
    ("solicitor", "Lawyers"),
    ("primary school teacher", _PRIMARY),
    ("headteacher", _PRINCIPALS),
    ("head teacher", _PRINCIPALS),
    # Arts and media
    ("film director", "Producers and Directors"),
    ("movie director", "Producers and Directors"),
    ("assistant director", "Producers and Directors"),
    ("director of photography", _FILM),
    ("cinematographer", _FILM),
    ("production designer", "Set and Exhibit Designers", "Art Directors"),
    ("make-up artist", "Makeup Artists, Theatrical and Performance"),
    ("singer", "Musicians and Singers"),
    ("composer", "Music Directors and Composers"),
    ("content creator", "Producers and Directors", "Writers and Authors"),
    ("youtuber", "Producers and Directors"),
    ("podcaster", "Broadcast Announcers and Radio Disc Jockeys", "Producers and Directors"),
    ("podcast producer", "Producers and Directors"),
    ("professional gamer", "Athletes and Sports Competitors"),
    # Trades, transport, land
    ("mechanic", "Automotive Service Technicians and Mechanics", "Industrial Machinery Mechanics"),
    ("joiner", "Carpenters"),
    ("train driver", "Locomotive Engineers"),
    ("lorry driver", "Heavy and Tractor-Trailer Truck Drivers"),
    ("farmer", "Farmers, Ranchers, and Other Agricultural Managers"),
    ("soldier", "Infantry"),
)
