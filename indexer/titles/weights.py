"""The weights of confidence.py: for each of its models one for each of its COLUMNS.

Written by scripts/evaluate_relevance.py fit-reading; not to be edited by hand.
"""

FITTED_WITH = "mentor-titles-MiniLM-L6-v1-uint8:e30f25a5e26fdad6"

WEIGHTS: dict[str, tuple[float, ...]] = {
    "named": (
        0.5608,  # near titles of a title
        -0.5848,  # shared words of a title
        0.2709,  # likelihood of the words of a title
        0.7239,  # meaning of a title
        -0.0597,  # head word of a title
        0.0884,  # rest class of a title
        3.1394,  # near titles of a sentence
        2.6058,  # shared words of a sentence
        -0.9938,  # likelihood of the words of a sentence
        -2.8714,  # meaning of a sentence
        0.1551,  # head word of a sentence
        -0.4262,  # rest class of a sentence
        5.0902,  # named as written
        4.4567,  # named when corrected
        -0.0794,  # named first of several
        0.0665,  # named alone
        15.3685,  # no job: title
        -68.1696,  # no job: sentence
        -3.3853,  # no job: known words
        2.8722,  # no job: corrected
    ),
    "named, words alone": (
        0.0,  # near titles of a title
        -0.7182,  # shared words of a title
        0.3511,  # likelihood of the words of a title
        0.0,  # meaning of a title
        -0.1987,  # head word of a title
        0.08,  # rest class of a title
        0.0,  # near titles of a sentence
        1.9414,  # shared words of a sentence
        0.2996,  # likelihood of the words of a sentence
        0.0,  # meaning of a sentence
        0.2903,  # head word of a sentence
        -0.036,  # rest class of a sentence
        11.6788,  # named as written
        11.9469,  # named when corrected
        -0.0865,  # named first of several
        -0.3329,  # named alone
        23.0711,  # no job: title
        -55.1584,  # no job: sentence
        -4.4296,  # no job: known words
        3.7151,  # no job: corrected
    ),
    "unnamed": (
        0.8597,  # near titles of a title
        1.5523,  # shared words of a title
        0.1563,  # likelihood of the words of a title
        3.3392,  # meaning of a title
        0.4067,  # head word of a title
        0.1884,  # rest class of a title
        0.0678,  # near titles of a sentence
        3.0416,  # shared words of a sentence
        0.9414,  # likelihood of the words of a sentence
        13.2692,  # meaning of a sentence
        0.2935,  # head word of a sentence
        -5.1227,  # rest class of a sentence
        0.0,  # named as written
        0.0,  # named when corrected
        0.0,  # named first of several
        0.0,  # named alone
        -0.0185,  # no job: title
        3.9628,  # no job: sentence
        -5.0347,  # no job: known words
        3.1458,  # no job: corrected
    ),
    "unnamed, words alone": (
        0.0,  # near titles of a title
        4.0244,  # shared words of a title
        0.7697,  # likelihood of the words of a title
        0.0,  # meaning of a title
        0.6849,  # head word of a title
        0.5198,  # rest class of a title
        0.0,  # near titles of a sentence
        7.3996,  # shared words of a sentence
        1.2624,  # likelihood of the words of a sentence
        0.0,  # meaning of a sentence
        0.3899,  # head word of a sentence
        -7.2791,  # rest class of a sentence
        0.0,  # named as written
        0.0,  # named when corrected
        0.0,  # named first of several
        0.0,  # named alone
        5.5198,  # no job: title
        0.3079,  # no job: sentence
        -5.1291,  # no job: known words
        3.601,  # no job: corrected
    ),
}
