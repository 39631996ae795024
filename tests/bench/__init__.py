"""Peers side by side, in the same run on the same data: ``python -m tests.bench``.

Figures depend on the machine and on what else it does; what counts is the ratio to the peer in the
same table. ``stems`` and ``analysis`` are about words; ``build``, ``query``, ``snippets``,
``open``, ``memory`` and ``scale`` put whole engines (``peers``) to the same work, and ``serve``
asks a server by HTTP. ``WARTA_KERNELS=off`` measures the road without kernels.

What the peers do: they index title and body with positions, and store both and the address. They
answer with ten stored titles and the exact number of articles found, one word sufficing unless
``--every`` is given. What they do not share: Whoosh leaves out English stop words, Lucene
Indonesian ones; Lucene and Warta stem Indonesian, the others do not stem.
"""
