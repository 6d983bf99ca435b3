"""The major groups of occupations: those of the American SOC, and those of ISCO-08 for ESCO's occupations."""

import re

# https://www.bls.gov/soc/2018/major_groups.htm, without the word "Occupations" that ends each name.
_SOC = {
    "11": "Management",
    "13": "Business and Financial Operations",
    "15": "Computer and Mathematical",
    "17": "Architecture and Engineering",
    "19": "Life, Physical, and Social Science",
    "21": "Community and Social Service",
    "23": "Legal",
    "25": "Educational Instruction and Library",
    "27": "Arts, Design, Entertainment, Sports, and Media",
    "29": "Healthcare Practitioners and Technical",
    "31": "Healthcare Support",
    "33": "Protective Service",
    "35": "Food Preparation and Serving Related",
    "37": "Building and Grounds Cleaning and Maintenance",
    "39": "Personal Care and Service",
    "41": "Sales and Related",
    "43": "Office and Administrative Support",
    "45": "Farming, Fishing, and Forestry",
    "47": "Construction and Extraction",
    "49": "Installation, Maintenance, and Repair",
    "51": "Production",
    "53": "Transportation and Material Moving",
    "55": "Military Specific",
}
# https://ilostat.ilo.org/methods/concepts-and-definitions/classification-occupation/
_ISCO = {
    "0": "Armed Forces Occupations",
    "1": "Managers",
    "2": "Professionals",
    "3": "Technicians and Associate Professionals",
    "4": "Clerical Support Workers",
    "5": "Services and Sales Workers",
    "6": "Skilled Agricultural, Forestry and Fishery Workers",
    "7": "Craft and Related Trades Workers",
    "8": "Plant and Machine Operators, and Assemblers",
    "9": "Elementary Occupations",
}
# The name of each major group by its key: the first digits of the code in the SOC, or in ISCO-08.
MAJOR_GROUPS = _SOC | _ISCO

_SOC_CODE = re.compile(r"(\d\d)-\d{4}")
_ESCO_CODE = re.compile(r"esco:(\d)")


def major_group(code: str) -> str:
    """Return the key in MAJOR_GROUPS of the group that the occupation `code` is in, "" where it is in none.

    An operator's own occupations are in none.
    """
    match = _SOC_CODE.match(code) or _ESCO_CODE.match(code)
    return match[1] if match and match[1] in MAJOR_GROUPS else ""
