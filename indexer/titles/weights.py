"""What confidence.py weighs by, fitted with the encoder
mentor-titles-MiniLM-L6-v1-uint8:e30f25a5e26fdad6.

Written by scripts/evaluate_relevance.py fit-reading; not to be edited by hand.
"""

# How often a known title means one of its occupations, when it stands there as it is and when only a
# corrected spelling gives it.
NAMED_AS_WRITTEN, NAMED_WHEN_CORRECTED = 0.9992, 0.9945

# The weights of confidence.COLUMNS, with an encoder and without.
MEANING = (
    0.8172,  # near titles, title
    1.2587,  # shared words, title
    0.2538,  # likelihood of the words, title
    2.6925,  # meaning, title
    0.382,  # head word, title
    -1.2657,  # rest class, title
    0.1036,  # near titles, sentence
    2.855,  # shared words, sentence
    0.8051,  # likelihood of the words, sentence
    11.0986,  # meaning, sentence
    0.2229,  # head word, sentence
    -2.6109,  # rest class, sentence
    -0.8184,  # no job, title
    3.449,  # no job, sentence
    -3.7938,  # no job, by how much of the words some occupation explains
    2.3482,  # no job, spelling corrected
)
WORDS_ALONE = (
    0.0,  # near titles, title
    3.663,  # shared words, title
    0.7872,  # likelihood of the words, title
    0.0,  # meaning, title
    0.7122,  # head word, title
    -1.4726,  # rest class, title
    0.0,  # near titles, sentence
    6.8499,  # shared words, sentence
    1.6005,  # likelihood of the words, sentence
    0.0,  # meaning, sentence
    0.3176,  # head word, sentence
    -3.3375,  # rest class, sentence
    5.0616,  # no job, title
    1.7968,  # no job, sentence
    -5.0498,  # no job, by how much of the words some occupation explains
    2.588,  # no job, spelling corrected
)
