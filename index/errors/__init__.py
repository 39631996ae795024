"""Every error that an index operation raises.

::

    WartaError                    the root of all errors of this project
    ├── SourceError               an input cannot be read, or --strict met a bad article
    ├── NothingToIndex            no article was left after reading
    ├── WordsDiffer               an update names other words than the index was built with
    ├── WordsInvalid              a file of the user's words has a line that cannot be read
    ├── WordsLost                 the words that an index was built with cannot be read
    ├── WordsUnknown              an analyzer names words that nobody has handed over
    ├── BuildError                the new index could not be finished; nothing was published
    │   ├── WorkerDied            a worker process was killed
    │   ├── WritingFailed         a disk is full, or does not take what is written
    │   ├── NewFileDamaged        a file that was just written cannot be read
    │   ├── ArticleUnfit          an article is none that a cluster can have
    │   ├── ArticleRefused        a cluster does not take an article
    │   └── ArticlesLost          it does not hold all articles that were given to it
    ├── BackupError               a backup could not be made, or not be restored
    │   ├── BackupRefused         its place is taken by something else
    │   ├── BackupFailed          its place does not take what is written
    │   ├── BackupDamaged         what is to be restored is damaged, cut, or no backup
    │   ├── BackupOutdated        what is to be restored was made by another version
    │   └── RestoreRefused        it is the index itself
    ├── FileDamaged               a file of a segment is missing, truncated or altered
    │   ├── FileMissing           it is missing; also a FileNotFoundError
    │   └── PostingsAbsent        a companion was asked for what only its cluster has
    ├── IndexUrlInvalid           what should name an index is a URL that does not
    └── IndexUnavailable          the index cannot be read, or cannot be written
        ├── IndexUnreachable      no node of its cluster answers
        ├── ClusterBusy           it has too much to do, or does not answer in time
        ├── ClusterRefused        it does not know who asks, or does not allow it
        ├── ClusterTroubled       it has no manager, or not all of its shards
        ├── MomentLost            what was being read of it in parts is gone
        ├── ClientMissing         the package that speaks with clusters is not installed
        ├── NotOnACluster         the command is for directories
        ├── NotOnADirectory       the options are for clusters
        ├── AliasTaken            something that is not Warta's has the alias's name
        ├── AccessInvalid         the environment says wrongly how a cluster is asked
        ├── CompanionDamaged      what its cluster keeps beside it is missing or altered
        ├── CacheUnusable         this machine does not take what searching its cluster needs
        └── IndexUnusable         a directory, or an alias of a cluster that answers
            ├── IndexMissing          there is none
            ├── DirectoryTaken        it has other files, and no index
            ├── IndexUnreadable       the system does not let it be read
            ├── IndexOutdated         made by another version of schema or analyzer
            ├── IndexDamaged          a file is missing, truncated or altered
            ├── IndexLocked           another command is writing
            ├── LeaseLost             another took over from a command that was held up
            ├── IndexBusy             others publish faster than it can be opened
            ├── Interrupted           somebody stopped a command that changes it
            ├── PruneFailed           old generations could not be dropped
            ├── FlushFailed           a generation is in use, and the disk may still lose it
            ├── RollbackRefused       the generation to go to is none that can be used
            └── NoEarlierGeneration   nothing to roll back to

Each carries its facts as attributes and speaks two languages: ``str(error)`` is English,
``error.indonesian`` the same sentence in Indonesian. Both say what, where and what to do.
"""

from __future__ import annotations

from index.errors.backups import (
    BackupDamaged,
    BackupError,
    BackupFailed,
    BackupOutdated,
    BackupRefused,
    RestoreRefused,
)
from index.errors.building import (
    ArticleRefused,
    ArticlesLost,
    ArticleUnfit,
    BuildError,
    NewFileDamaged,
    WorkerDied,
    WritingFailed,
)
from index.errors.changing import (
    FlushFailed,
    IndexBusy,
    IndexLocked,
    Interrupted,
    LeaseLost,
    NoEarlierGeneration,
    PruneFailed,
    RollbackRefused,
)
from index.errors.clusters import (
    AccessInvalid,
    AliasTaken,
    ClientMissing,
    ClusterBusy,
    ClusterRefused,
    ClusterTroubled,
    IndexUnreachable,
    MomentLost,
    NotOnACluster,
    NotOnADirectory,
)
from index.errors.companions import CacheUnusable, CompanionDamaged
from index.errors.damage import FileDamaged, FileMissing, IndexDamaged, PostingsAbsent
from index.errors.directory import DirectoryTaken, IndexMissing, IndexOutdated, IndexUnreadable
from index.errors.reading import NothingToIndex, SourceError
from index.errors.root import WartaError
from index.errors.unavailable import (
    IndexUnavailable,
    IndexUnusable,
    IndexUrlInvalid,
)
from index.errors.words import (
    StemmerLost,
    StemmerUnknown,
    WordsDiffer,
    WordsInvalid,
    WordsLost,
    WordsUnknown,
)

__all__ = [
    "AccessInvalid",
    "AliasTaken",
    "ArticleRefused",
    "ArticleUnfit",
    "ArticlesLost",
    "BackupDamaged",
    "BackupError",
    "BackupFailed",
    "BackupOutdated",
    "BackupRefused",
    "BuildError",
    "CacheUnusable",
    "ClientMissing",
    "ClusterBusy",
    "ClusterRefused",
    "ClusterTroubled",
    "CompanionDamaged",
    "DirectoryTaken",
    "FileDamaged",
    "FileMissing",
    "FlushFailed",
    "IndexBusy",
    "IndexDamaged",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "IndexUnavailable",
    "IndexUnreachable",
    "IndexUnreadable",
    "IndexUnusable",
    "IndexUrlInvalid",
    "Interrupted",
    "LeaseLost",
    "MomentLost",
    "NewFileDamaged",
    "NoEarlierGeneration",
    "NotOnACluster",
    "NotOnADirectory",
    "NothingToIndex",
    "PostingsAbsent",
    "PruneFailed",
    "RestoreRefused",
    "RollbackRefused",
    "SourceError",
    "StemmerLost",
    "StemmerUnknown",
    "WartaError",
    "WordsDiffer",
    "WordsInvalid",
    "WordsLost",
    "WordsUnknown",
    "WorkerDied",
    "WritingFailed",
]
