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
_SECONDARY = "Secondary School Teachers, Except Special and Career/Technical Education"
_PRINCIPALS = "Education Administrators, Kindergarten through Secondary"
_SCHOOL_ASSISTANTS = (
    "Teaching Assistants, Preschool, Elementary, Middle, and Secondary School, Except Special Education"
)
_UNIVERSITY = (
    "Postsecondary Teachers, All Other",
    "Biological Science Teachers, Postsecondary",
    "English Language and Literature Teachers, Postsecondary",
    "Computer Science Teachers, Postsecondary",
)
_DOCTORS = (
    "General Internal Medicine Physicians",
    "Family Medicine Physicians",
    "Emergency Medicine Physicians",
)
_BROKERS = "Securities, Commodities, and Financial Services Sales Agents"
_MEDICAL_RESEARCH = "Medical Scientists, Except Epidemiologists"
_AIRLINE_PILOTS = "Airline Pilots, Copilots, and Flight Engineers"
_SHIP_CAPTAINS = "Captains, Mates, and Pilots of Water Vessels"

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

# A word alone, as many a seeker types it: O*NET lists it first for some odd machine or corner of a trade.
_BARE_WORDS = (
    ("developer", "Software Developers", "Web Developers"),
    ("programmer", "Computer Programmers", "Software Developers"),
    ("coder", "Computer Programmers", "Software Developers", "Medical Records Specialists"),
    ("hacker", "Penetration Testers", "Information Security Analysts"),
    ("engineer", "Mechanical Engineers", "Civil Engineers", "Electrical Engineers", "Software Developers"),
    ("designer", "Graphic Designers", _WEB_DESIGN, "Fashion Designers", "Interior Designers"),
    ("analyst", "Financial and Investment Analysts", "Management Analysts", "Business Intelligence Analysts"),
    ("consultant", "Management Analysts"),
    ("director", "Producers and Directors", "Chief Executives", "General and Operations Managers"),
    ("planner", "Urban and Regional Planners", "Meeting, Convention, and Event Planners"),
    ("trainer", "Training and Development Specialists", "Exercise Trainers and Group Fitness Instructors"),
    ("banker", "Financial Managers", "Loan Officers", _BROKERS),
    ("publisher", "Editors", "General and Operations Managers"),
    ("politician", "Legislators"),
    ("mayor", "Legislators", "Chief Executives"),
    ("doctor", *_DOCTORS),
    ("Dr", *_DOCTORS),
    ("surgeon", "Surgeons, All Other", "Orthopedic Surgeons, Except Pediatric", "Pediatric Surgeons"),
    ("teacher", _PRIMARY, _SECONDARY),
    ("professor", *_UNIVERSITY),
    ("lecturer", *_UNIVERSITY),
    ("scientist", "Biologists", "Chemists", "Physicists", _MEDICAL_RESEARCH),
    ("researcher", _MEDICAL_RESEARCH, "Computer and Information Research Scientists", "Survey Researchers"),
    ("builder", "Construction Laborers", "Carpenters", "Construction Managers"),
    (
        "painter",
        "Painters, Construction and Maintenance",
        "Fine Artists, Including Painters, Sculptors, and Illustrators",
    ),
    ("decorator", "Painters, Construction and Maintenance", "Interior Designers"),
    (
        "cleaner",
        "Janitors and Cleaners, Except Maids and Housekeeping Cleaners",
        "Maids and Housekeeping Cleaners",
    ),
    ("cook", "Cooks, Restaurant", "Cooks, Institution and Cafeteria"),
    ("guard", "Security Guards", "Correctional Officers and Jailers"),
    ("ranger", "Park Naturalists", "Forest and Conservation Workers", "Fish and Game Wardens"),
    ("pilot", _AIRLINE_PILOTS, "Commercial Pilots", _SHIP_CAPTAINS),
    ("captain", _SHIP_CAPTAINS, _AIRLINE_PILOTS),
    ("conductor", "Music Directors and Composers", "Railroad Conductors and Yardmasters"),
    ("miner", "Continuous Mining Machine Operators", "Roof Bolters, Mining"),
)

EVERYDAY_TITLES = (
    *_TECHNICAL_TITLES,
    *_BARE_WORDS,
    # Software and data
    ("software engineer in test", "Software Quality Assurance Analysts and Testers"),
    ("site reliability engineer", _ADMINISTRATORS, "Software Developers"),
    ("development operations engineer", "Software Developers", _ADMINISTRATORS),
    ("devops engineer", "Software Developers", _ADMINISTRATORS),
    ("platform engineer", "Software Developers", _ADMINISTRATORS),
    ("cloud engineer", _SYSTEMS, _ADMINISTRATORS),
    ("front end developer", "Web Developers", _WEB_DESIGN),
    ("front end engineer", "Web Developers", "Software Developers"),
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
    ("product manager", "Marketing Managers", _IT_PROJECTS),
    ("user experience designer", _WEB_DESIGN, "Graphic Designers"),
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
    ("chief financial officer", "Financial Managers", "Chief Executives"),
    ("chief technology officer", _IT_MANAGERS, "Chief Executives"),
    ("chief operating officer", "Chief Executives", "General and Operations Managers"),
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
    ("general practitioner", "Family Medicine Physicians"),
    ("physio", "Physical Therapists"),
    ("carer", "Personal Care Aides", "Home Health Aides"),
    ("care assistant", "Personal Care Aides", "Nursing Assistants"),
    ("au pair", "Nannies"),
    # Science, law and teaching
    ("ecologist", "Zoologists and Wildlife Biologists", "Biologists", "Industrial Ecologists"),
    ("marine biologist", "Zoologists and Wildlife Biologists", "Biologists"),
    ("postdoctoral researcher", _MEDICAL_RESEARCH, "Biologists", "Chemists", "Physicists"),
    ("postdoc", _MEDICAL_RESEARCH, "Biologists", "Chemists", "Physicists"),
    ("PhD student", "Teaching Assistants, Postsecondary"),
    ("teaching assistant", _SCHOOL_ASSISTANTS, "Teaching Assistants, Postsecondary"),
    ("member of parliament", "Legislators"),
    ("councillor", "Legislators"),
    ("diplomat", "Political Scientists", "Chief Executives"),
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
    ("streamer", "Producers and Directors", "Broadcast Announcers and Radio Disc Jockeys"),
    ("influencer", "Producers and Directors", "Public Relations Specialists"),
    ("podcaster", "Broadcast Announcers and Radio Disc Jockeys", "Producers and Directors"),
    ("podcast producer", "Producers and Directors"),
    ("professional gamer", "Athletes and Sports Competitors"),
    # Trades, transport, land
    ("mechanic", "Automotive Service Technicians and Mechanics", "Industrial Machinery Mechanics"),
    ("joiner", "Carpenters"),
    ("park ranger", "Park Naturalists", "Forest and Conservation Workers"),
    ("train driver", "Locomotive Engineers"),
    ("lorry driver", "Heavy and Tractor-Trailer Truck Drivers"),
    ("farmer", "Farmers, Ranchers, and Other Agricultural Managers"),
    ("soldier", "Infantry"),
)
