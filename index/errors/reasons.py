"""What is wrong with a file, in Indonesian beside the English in which it is found.

Whoever finds damage is far from whoever tells it, and says it in English; here every such sentence
has its translation. ``{}`` stands for a fact, the same in both and in the same order.
"""

from __future__ import annotations

import re
from functools import cache

from index.bilingual import Text
from index.printing import shown
from index.system_errors import REASONS

SENTENCES = {
    # Any file
    "it is missing": "tidak ada",
    "it is missing or another": "tidak ada, atau bukan yang semestinya",
    "it is no file": "itu bukan berkas",
    "it is no regular file": "itu bukan berkas biasa",
    "it is a symbolic link": "itu tautan simbolik",
    "it has {} bytes instead of {}": "ukurannya {} bita, seharusnya {}",
    "it was cut to {} bytes while it was open": "terpotong menjadi {} bita selagi dibuka",
    "its checksum does not fit": "checksum-nya tidak cocok",
    "it was not published with this generation; remove it": (
        "tidak diterbitkan bersama generasi ini; hapus berkas itu"
    ),
    "it cannot be read": "tidak dapat dibaca",
    "it cannot be read ({})": "tidak dapat dibaca ({})",
    "it cannot be opened ({})": "tidak dapat dibuka ({})",
    # CURRENT and the manifest
    "it does not name a generation": "tidak menyebut nama generasi",
    "it names a generation that is not there": "menyebut generasi yang tidak ada",
    "it is not a manifest": "isinya bukan manifest",
    "it is not JSON": "isinya bukan JSON",
    "it was written by another version of Warta ({})": "ditulis oleh Warta versi lain ({})",
    "it has version {}; this program needs {}": "versinya {}; program ini memerlukan {}",
    # On a cluster
    "{} of its {} shards are missing": "{} dari {} shard-nya tidak ada",
    "an update is under way, or was not finished; run it again": (
        "pembaruan sedang berjalan, atau dulu tidak selesai; jalankan lagi"
    ),
    "it is closed; open it again": "sedang ditutup; buka kembali",
    "what an unfinished update had begun cannot be read": (
        "keterangan pembaruan yang belum selesai tidak dapat dibaca"
    ),
    "the tokens of {} are not those of its article": ("token {} bukan token artikelnya"),
    "what is said of it cannot be read": "keterangannya tidak dapat dibaca",
    "it stores no article": "yang tersimpan bukan artikel",
    "a companion has no postings of {}": "pendamping indeks tidak memuat daftar kemunculan {}",
    # The table of contents
    "it is no table of contents that this program reads": (
        "bukan daftar isi yang dapat dibaca program ini"
    ),
    "it does not hold a schema and segments": "tidak memuat skema dan segmen",
    "it names a segment twice": "menyebut satu segmen dua kali",
    "it names segments of an older version": "menyebut segmen versi lama",
    "it names {}, which no index needs": "menyebut {}, yang tidak diperlukan indeks mana pun",
    "its segments have more documents than an index can": (
        "dokumen segmen-segmennya melebihi kemampuan sebuah indeks"
    ),
    # Files of a segment, and their sections
    "it is too short": "terlalu pendek",
    "it is cut or has grown": "terpotong atau bertambah panjang",
    "it does not begin and end as it should": "awal dan akhirnya tidak semestinya",
    "its version is {}, not {}": "versinya {}, bukan {}",
    "it holds {}, not {}": "memuat {}, bukan {}",
    "it belongs to another segment": "milik segmen lain",
    "its directory cannot be read": "daftar bagiannya tidak dapat dibaca",
    "its facts cannot be read": "keterangannya tidak dapat dibaca",
    "its lengths cannot be read": "daftar panjangnya tidak dapat dibaca",
    "the checksum of its directory does not fit": "checksum daftar bagiannya tidak cocok",
    "it does not have a checksum for every block": "tidak setiap bloknya memiliki checksum",
    "it has no section {}": "tidak memiliki bagian {}",
    "{} does not follow its documents": "{} tidak mengikuti urutan dokumennya",
    "it has a section that is none: {}": "memiliki bagian yang keliru: {}",
    "a checksum in {} does not fit (block {})": "sebuah checksum di {} tidak cocok (blok {})",
    "{} has no item {}": "{} tidak memiliki butir {}",
    "{} has no items {} to {}": "{} tidak memiliki butir {} sampai {}",
    "{} is empty": "{} kosong",
    "the items of {} are no numbers from 0 on": "butir {} bukan bilangan mulai dari 0",
    "the places of {} do not ascend": "letak {} tidak berurutan naik",
    "the numbers of its words do not ascend": "nomor kata-katanya tidak berurutan naik",
    "its numbers are wider than 32 bits": "nomornya lebih dari 32 bit",
    "two of its articles have the same number": "dua artikelnya bernomor sama",
    "{} is of numbers that it should not be": "{} terdiri atas bilangan yang keliru",
    "{} has a number that is too great": "{} memuat bilangan yang terlalu besar",
    "{} has a value that is no text": "{} memuat nilai yang bukan teks",
    # Documents and what they store
    "it holds {} documents instead of {}": "memuat {} dokumen, seharusnya {}",
    "it does not hold {} documents": "tidak memuat {} dokumen",
    "the lengths of {} are not {}": "daftar panjang {} tidak berjumlah {}",
    "the column of {} does not have {} values": "kolom {} tidak memiliki {} nilai",
    "the column of {} has no value of what is absent": (
        "kolom {} tidak memiliki nilai untuk yang tidak ada"
    ),
    "document {} has no stored values": "dokumen {} tidak memiliki nilai tersimpan",
    "a document has no stored values": "sebuah dokumen tidak memiliki nilai tersimpan",
    "the text of document {} is cut": "teks dokumen {} terpotong",
    "a text is said to have {} bytes": "sebuah teks konon berukuran {} bita",
    "a text has not the bytes that it should": "ukuran sebuah teks tidak semestinya",
    "its documents do not lie within it": "dokumen-dokumennya berada di luar berkas",
    "a record is cut, or too long": "sebuah catatan terpotong, atau terlalu panjang",
    "it stores an article without a text": "menyimpan artikel tanpa teks",
    "it stores an article whose {} is none": "menyimpan artikel dengan {} yang keliru",
    "it has a date that is none": "memuat tanggal yang keliru",
    "its dates have no number for none": "tanggalnya tidak memiliki bilangan untuk yang tidak ada",
    # Terms and postings
    "the field {} does not have {} terms": "ruas {} tidak memiliki {} istilah",
    "the field {} has no positions": "ruas {} tidak memiliki posisi",
    "the postings of {} differ in number": "jumlah posting {} berbeda",
    "the keys of {} differ in number": "jumlah kunci {} berbeda",
    "a term of {} has no postings": "sebuah istilah {} tidak memiliki posting",
    "documents of {} do not ascend": "dokumen {} tidak berurutan naik",
    "a term of {} is in more documents than there are": (
        "istilah {} ada di lebih banyak dokumen daripada yang ada"
    ),
    "{} has postings, and is to have none": "{} memuat posting, seharusnya tidak",
    "terms of {} do not ascend": "istilah {} tidak berurutan naik",
    "positions of {} do not fit its frequencies": "posisi {} tidak cocok dengan frekuensinya",
    "first positions of {} are not those of its positions": (
        "posisi pertama {} tidak sesuai dengan posisinya"
    ),
    "the field {}: {}": "ruas {}: {}",
    # Derived data, and words that are written together
    "it has not as many words in {} as the segment": (
        "jumlah katanya di {} tidak sama dengan segmennya"
    ),
    "it has not the sentences of its articles": "kalimatnya bukan kalimat artikel-artikelnya",
    "a position of {} is behind its text": "sebuah posisi {} terletak di luar teksnya",
    "positions of {} do not fit": "posisi {} tidak cocok",
    "its titles do not fit the segment": "judulnya tidak cocok dengan segmennya",
    "its pairs of words do not fit the segment": "pasangan katanya tidak cocok dengan segmennya",
    "the words of {} differ in number": "jumlah kata {} berbeda",
    "its words with capitals differ in number": "jumlah kata berhuruf kapitalnya berbeda",
    "something is no entry of it": "ada isi yang bukan entri",
    "its entries differ in number": "jumlah entrinya berbeda",
}
"""English sentences with their translations."""

OF_A_FIELD = {
    "a document is none of the segment": "sebuah dokumen bukan milik segmennya",
    "a position is behind its text": "sebuah posisi terletak di luar teksnya",
    "a posting has no positions": "sebuah posting tidak memiliki posisi",
    "a term has no postings": "sebuah istilah tidak memiliki posting",
    "a term lies outside": "sebuah istilah terletak di luarnya",
    "documents of a term do not ascend, or are too great": (
        "dokumen sebuah istilah tidak berurutan naik, atau terlalu besar"
    ),
    "it has a document that is none": "memuat dokumen yang keliru",
    "it has a document too many": "memuat satu dokumen terlalu banyak",
    "it has no first positions": "tidak memiliki posisi pertama",
    "its documents do not ascend": "dokumennya tidak berurutan naik",
    "its positions differ in number": "jumlah posisinya berbeda",
    "its positions do not fit its frequencies": "posisinya tidak cocok dengan frekuensinya",
    "its postings differ in number": "jumlah postingnya berbeda",
    "its terms differ in number": "jumlah istilahnya berbeda",
}
"""What is said to be wrong with a field (``FieldIndex.damaged``)."""


def in_both(reason: str) -> Text:
    """The reason with its translation; what has none says itself that it is in English."""
    reason = shown(reason)
    for pattern, indonesian in _patterns():
        found = pattern.fullmatch(reason)
        if found is not None:
            facts = (_QUOTED.get(fact, fact) for fact in found.groups())
            return Text(reason, indonesian.format(*facts))
    return Text(reason, f'isinya tidak semestinya ("{reason}")')


_QUOTED = {text.english: text.indonesian for text in REASONS} | OF_A_FIELD
"""What the system says and what is wrong with a field, where a reason quotes it."""


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """What is longer first: a fact is whatever stands in its place."""
    ordered = sorted(SENTENCES.items(), key=lambda pair: (pair[0].count("{}"), -len(pair[0])))
    return [
        (re.compile(re.escape(english).replace(re.escape("{}"), "(.*)"), re.DOTALL), indonesian)
        for english, indonesian in ordered
    ]
