"""What confidence.py weighs by, fitted with the encoder
mentor-titles-MiniLM-L6-v2-uint8:2e4162c6fb234b7b.

Written by scripts/evaluate_relevance.py fit-reading; not to be edited by hand.
"""

# How often a known title means one of its occupations, when it stands there as it is and when only
# a corrected spelling gives it.
NAMED_AS_WRITTEN = 0.9992
NAMED_WHEN_CORRECTED = 0.9945

# The weights of confidence.COLUMNS, with an encoder and without.
MEANING = (
    0.7437,  # near titles, title
    0.1715,  # near titles of its head word, title
    1.6214,  # shared words, title
    0.2743,  # likelihood of the words, title
    2.8547,  # meaning, title
    0.2635,  # head word, title
    -1.1151,  # rest class, title
    0.0845,  # near titles, sentence
    0.0951,  # near titles of its head word, sentence
    2.5528,  # shared words, sentence
    0.9069,  # likelihood of the words, sentence
    11.9399,  # meaning, sentence
    0.2418,  # head word, sentence
    -2.5577,  # rest class, sentence
    0.8533,  # no job, title
    3.985,  # no job, sentence
    -4.7173,  # no job, by how much of the words some occupation explains
    2.3693,  # no job, spelling corrected
)
WORDS_ALONE = (
    0.0,  # near titles, title
    0.0,  # near titles of its head word, title
    3.657,  # shared words, title
    0.7862,  # likelihood of the words, title
    0.0,  # meaning, title
    0.7138,  # head word, title
    -1.4699,  # rest class, title
    0.0,  # near titles, sentence
    0.0,  # near titles of its head word, sentence
    6.8538,  # shared words, sentence
    1.6001,  # likelihood of the words, sentence
    0.0,  # meaning, sentence
    0.3179,  # head word, sentence
    -3.3374,  # rest class, sentence
    5.0144,  # no job, title
    1.9965,  # no job, sentence
    -5.096,  # no job, by how much of the words some occupation explains
    2.6287,  # no job, spelling corrected
)
