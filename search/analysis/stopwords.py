"""Words too common to tell one document from another, in normalised form."""

from search.analysis.arabic import normalise_arabic

ARABIC = frozenset(
    normalise_arabic(
        """
        من ومن منها منه منهم في وفي فيها فيه و ف ثم او أو ب بها به ا أ اى اي أي أى لا ولا الا ألا إلا لكن ما وما كما فما عن مع
        اذا إذا ان أن إن انها أنها إنها انه أنه إنه بان بأن فان فأن وان وأن وإن التى التي الذى الذي الذين اللذين اللتين اللاتي
        الى الي إلى إلي على عليها عليه اما أما إما ايضا أيضا كل وكل لم ولم لن ولن هى هي هو وهى وهي وهو فهى فهي فهو انت أنت لك لها
        له لهم لنا هذه هذا تلك ذلك هناك هنالك كانت كان يكون تكون وكانت وكان غير بعض قد وقد نحو بين بينما منذ ضمن حيث حين حتى
        الان الآن خلال بعد قبل عند عندما لدى جميع هم هن نحن انا أنا يا هل كم متى اين أين كيف لماذا ماذا ايضًا أيّ تم يتم التي سوف
        """
    ).split()
)

FRENCH = frozenset(
    """
    a ai aie aient as au aura aurait aux avaient avait avec avez avons ayant c ca car ce ceci cela celle celles celui ces cet
    cette ceux chez comme comment d dans de des dont du elle elles en encore entre es est et etaient etait etant ete etes etre
    eu eux furent fut hui il ils j je jusqu l la laquelle le lequel les lesquels leur leurs lorsqu lui m ma mais me meme memes
    mes moi mon n ne ni nos notre nous on ont or ou par parmi pas pendant peut plus pour puis puisqu qu quand que quel quelle
    quelles quels qui quoi quoique s sa sans se sera serait seront ses si soit son sont sous suis sur t ta te tes toi ton tous
    tout toute toutes tres tu un une vers voici voila vos votre vous y
    """.split()  # noqa: SIM905
)

ENGLISH = frozenset(
    """
    a about after all also am an and any are as at be because been before being between both by can could d did do does doing
    during each for from further had has have having he her here hers him his how i if in into is it its itself ll m me more
    most my no nor not of on once only or other our ours out over own re s same she should so some such t than that the their
    theirs them then there these they this those through to too under until up ve very was we were what when where which while
    who whom why will with would you your yours
    """.split()  # noqa: SIM905
)

LATIN = {"fr": FRENCH, "en": ENGLISH}

_MEANINGFUL_ELSEWHERE = frozenset({"car", "son", "or", "on", "pas", "tout", "ton", "mes"}) & FRENCH - ENGLISH
LATIN_QUERY = (FRENCH | ENGLISH) - _MEANINGFUL_ELSEWHERE
"""What is left out of a question, whose language nobody knows: common in one language and nothing in the other."""
