"""For the server of limited processes: loading this reads a small table, so that no file after it is the first.

Every process forked from there has the patterns compiled and the lists of places read; one alone would do it anew.
"""

import gc

from indexer.intake import take

take(
    "표_2020.csv",
    "이름,구분,주소,일자,대수\n가,합계,성내로 25 (길동),2020-01-01,1\n나,소,길동,2020-01-02,2\n".encode(),
)

# what is loaded by now lives as long as the server: no process forked from it looks through it again, or copies it
gc.collect()
gc.freeze()
