"""Other ways to write the same, by hand: how technologies are spelt, and everyday short forms of jobs."""

# Spellings of one technology. The first is the usual one.
TECHNOLOGIES = (
    ("C#", "C sharp", "csharp"),
    ("C++", "cpp", "c plus plus"),
    (".NET", "dotnet", "dot net"),
    ("ASP.NET", "asp dotnet"),
    ("F#", "F sharp", "fsharp"),
    ("Node.js", "node js", "nodejs", "node"),
    ("JavaScript", "JS", "java script"),
    ("TypeScript", "TS", "type script"),
    ("React", "ReactJS", "React.js"),
    ("Vue.js", "Vue", "vuejs"),
    ("Angular", "AngularJS", "angular js"),
    ("Golang", "Go", "Go lang"),
    ("R", "R language", "R statistics"),
    ("Objective-C", "objective c", "objc"),
    ("PostgreSQL", "Postgres", "psql"),
    ("SQL", "structured query language"),
    ("Python", "py"),
    ("Ruby on Rails", "Rails", "RoR"),
    ("Kubernetes", "k8s"),
    ("Amazon Web Services", "AWS"),
    ("Google Cloud", "GCP", "google cloud platform"),
    ("machine learning", "ML"),
    ("artificial intelligence", "AI"),
    ("natural language processing", "NLP"),
    ("front-end", "frontend", "front end"),
    ("back-end", "backend", "back end"),
    ("full-stack", "fullstack", "full stack"),
    ("iOS", "iPhone", "Swift iOS"),
)
_TECHNICAL_JOBS = ("developer", "engineer", "programmer")

# Everyday short forms that neither taxonomy has.
SHORT_FORMS = (
    ("SWE", "software engineer"),
    ("SDE", "software development engineer"),
    ("SDET", "software engineer in test"),
    ("SRE", "site reliability engineer"),
    ("dev", "software developer"),
    ("devops", "development operations engineer"),
    ("DBA", "database administrator"),
    ("sysadmin", "system administrator"),
    ("QA", "quality assurance tester"),
    ("UX designer", "user experience designer"),
    ("UI designer", "user interface designer"),
    ("PM", "product manager"),
    ("TPM", "technical program manager"),
    ("BA", "business analyst"),
    ("CTO", "chief technology officer"),
    ("CFO", "chief financial officer"),
    ("CMO", "chief marketing officer"),
    ("HR", "human resources manager"),
    ("VP of engineering", "vice president of engineering"),
    ("MD", "medical doctor"),
    ("GP", "general practitioner"),
    ("vet", "veterinarian"),
    ("RN", "registered nurse"),
    ("EMT", "emergency medical technician"),
    ("PT", "physical therapist"),
    ("OT", "occupational therapist"),
    ("TA", "teaching assistant"),
    ("prof", "university professor"),
    ("CPA", "certified public accountant"),
    ("IB", "investment banker"),
    ("VC", "venture capital investor"),
    ("AE", "account executive"),
    ("SDR", "sales development representative"),
    ("EA", "executive assistant"),
    ("PA", "personal assistant"),
    ("DP", "director of photography"),
    ("AD", "art director"),
    ("DJ", "disc jockey"),
    ("MUA", "make-up artist"),
)


def spelling_pairs() -> list[tuple[str, str]]:
    """Return pairs of ways to write a technical job, and everyday short forms with what they stand for."""
    pairs = list(SHORT_FORMS)
    for usual, *others in TECHNOLOGIES:
        pairs += [(f"{other} {job}", f"{usual} {job}") for other in others for job in _TECHNICAL_JOBS]
    return pairs
