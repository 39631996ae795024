"""The archive of the tasks: sixty articles that were made up, and plain looks into them.

Places, people and newspapers are invented. Three of the articles are of the week before this one,
and one is of yesterday, whenever the tests are run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from index.article import Article
from index.dates import WIB, local_today

KABAR, LINTAS, RIMBA = "Kabar Nusa", "Lintas Niaga", "Suara Rimba"
PELITA, SAMUDRA = "Pelita Kota", "Harian Samudra"

TODAY = local_today()
_MONDAY = TODAY - timedelta(days=TODAY.weekday() + 7)
LAST_WEEK = tuple(_MONDAY + timedelta(days=n) for n in range(7))
YESTERDAY = TODAY - timedelta(days=1)

_FLOOD = (
    "TELUK ARANG – Banjir merendam tiga kampung di Teluk Arang. Warga mengungsi ke balai desa"
    " sejak subuh."
)
_RICE = "Harga beras di pasar induk naik dua ribu rupiah. Pedagang menunggu panen raya bulan depan."
_TRAIN = "Kereta cepat Palapa mulai diuji coba dari Kota Lama ke Tanjung Biru."

_ROWS: tuple[
    tuple[str | date | None, str | None, str | None, str | None, str | None, str, str], ...
] = (
    (
        "2017-05-02",
        KABAR,
        "Hukum",
        "Teluk Arang",
        "Sari Dewi",
        "KPK periksa bupati Teluk Arang",
        "KPK memeriksa bupati tentang anggaran jembatan. Ia datang pagi hari.",
    ),
    (
        "2017-05-09",
        KABAR,
        "Hukum",
        "Teluk Arang",
        "Sari Dewi",
        "KPK sita dokumen anggaran",
        "Penyidik KPK menyita dokumen dari kantor dinas. Tidak ada yang ditahan.",
    ),
    (
        "2017-05-16",
        KABAR,
        "Hukum",
        "Kota Lama",
        "Budi Santosa",
        "KPK tahan kepala dinas",
        "KPK menahan kepala dinas yang diduga menerima suap proyek pasar.",
    ),
    (
        "2017-05-23",
        KABAR,
        "Hukum",
        "Kota Lama",
        "Budi Santosa",
        "KPK buka pos pengaduan",
        "Warga dapat mengadu ke pos KPK di alun-alun. Pos itu buka setiap hari.",
    ),
    (
        "2017-05-30",
        KABAR,
        "Politik",
        "Kota Lama",
        None,
        "Dewan puji KPK",
        "Anggota dewan memuji kerja KPK, tetapi kasus penyuapan dianggap lambat.",
    ),
    (
        "2017-05-11",
        LINTAS,
        "Hukum",
        "Kota Lama",
        "Rina Wulan",
        "Pengusaha dukung KPK",
        "Pengusaha mendukung KPK dan meminta izin usaha dipermudah.",
    ),
    (
        "2017-05-18",
        RIMBA,
        "Hukum",
        "Tanjung Biru",
        "Joko Lelono",
        "KPK selidiki izin tambang",
        "KPK menyelidiki izin tambang. Seorang pejabat diduga meminta suap dari bupati.",
    ),
    (
        "2017-06-06",
        KABAR,
        "Hukum",
        "Teluk Arang",
        "Sari Dewi",
        "KPK limpahkan berkas bupati",
        "Berkas perkara korupsi bupati dilimpahkan KPK ke pengadilan.",
    ),
    (
        "2017-04-25",
        KABAR,
        "Hukum",
        "Teluk Arang",
        "Sari Dewi",
        "KPK lantik penyidik baru",
        "KPK melantik dua belas penyidik baru di kantornya.",
    ),
    (
        "2018-05-08",
        KABAR,
        "Hukum",
        "Kota Lama",
        "Budi Santosa",
        "KPK ajak pelajar jujur",
        "KPK mengajak pelajar berlaku jujur. Catatan Mei 2017 dibacakan kembali.",
    ),
    (
        "2018-02-13",
        PELITA,
        "Hukum",
        "Kota Lama",
        "Rina Wulan",
        "Sidang korupsi pasar dimulai",
        "Sidang korupsi pembangunan pasar dimulai. Mantan bupati hadir sebagai saksi.",
    ),
    (
        "2018-03-20",
        PELITA,
        "Hukum",
        "Kota Lama",
        "Rina Wulan",
        "Vonis suap proyek pasar",
        "Hakim memvonis pemberi suap tiga tahun penjara. Bupati tidak terlibat.",
    ),
    (
        "2019-07-04",
        SAMUDRA,
        "Hukum",
        "Tanjung Biru",
        None,
        "Korupsi kapal diusut",
        "Jaksa mengusut korupsi pengadaan kapal. Nelayan menunggu, dan wakil rakyat yang semula diam akhirnya meminta penjelasan dari bupati.",
    ),
    (
        "2023-01-05",
        KABAR,
        "Peristiwa",
        "Teluk Arang",
        "Sari Dewi",
        "Banjir rendam Teluk Arang",
        _FLOOD,
    ),
    (
        "2023-01-05",
        SAMUDRA,
        "Peristiwa",
        "Teluk Arang",
        None,
        "Tiga kampung di Teluk Arang terendam",
        _FLOOD,
    ),
    ("2023-01-06", PELITA, "Peristiwa", "Teluk Arang", None, "Warga Teluk Arang mengungsi", _FLOOD),
    (
        "2023-02-11",
        KABAR,
        "Peristiwa",
        "Kota Lama",
        "Sari Dewi",
        "Banjir surut di Kota Lama",
        "Banjir surut. Jalan utama Kota Lama dibuka kembali.",
    ),
    (
        "2023-02-20",
        RIMBA,
        "Peristiwa",
        "Kota Lama",
        "Joko Lelono",
        "Jalan utama kembali dibuka",
        "Kota Lama ramai lagi. Di hulu, hutan yang gundul menyebabkan banjir bulan lalu.",
    ),
    (
        "2024-12-01",
        RIMBA,
        "Lingkungan",
        "Bukit Hijau",
        "Joko Lelono",
        "Longsor tutup jalan Bukit Hijau",
        "Tanah longsor menutup jalan. Alat berat bekerja sampai malam.",
    ),
    (
        "2024-12-03",
        RIMBA,
        "Lingkungan",
        "Bukit Hijau",
        "Joko Lelono",
        "Hujan picu longsor dan banjir",
        "Hujan lebat memicu longsor dan banjir di Bukit Hijau.",
    ),
    (
        LAST_WEEK[0],
        KABAR,
        "Peristiwa",
        "Teluk Arang",
        "Sari Dewi",
        "Banjir lagi di Teluk Arang",
        "Air sungai meluap dan banjir datang lagi pada malam hari.",
    ),
    (
        LAST_WEEK[3],
        PELITA,
        "Peristiwa",
        "Kota Lama",
        None,
        "Kota Lama bersiap hadapi banjir",
        "Petugas membersihkan saluran air agar banjir tidak terulang.",
    ),
    (
        LAST_WEEK[6],
        SAMUDRA,
        "Olahraga",
        "Tanjung Biru",
        None,
        "Lomba perahu naga usai",
        "Lomba perahu naga usai. Tuan rumah juara umum.",
    ),
    (
        YESTERDAY,
        LINTAS,
        "Ekonomi",
        "Kota Lama",
        "Rina Wulan",
        "Pasar Kota Lama dibuka",
        "Pasar yang baru dibuka untuk umum. Sewa kios gratis tiga bulan.",
    ),
    (
        "2023-06-15",
        LINTAS,
        "Ekonomi",
        "Kota Lama",
        "Rina Wulan",
        "Harga beras naik menjelang panen",
        _RICE,
    ),
    (
        "2023-06-16",
        PELITA,
        "Ekonomi",
        "Kota Lama",
        None,
        "Beras mahal, pedagang menunggu panen",
        _RICE,
    ),
    (
        "2023-06-20",
        LINTAS,
        "Ekonomi",
        "Tanjung Biru",
        "Rina Wulan",
        "Beras impor tiba",
        "Beras impor tiba di pelabuhan. Harga di tingkat pengecer belum berubah.",
    ),
    (
        "2023-07-20",
        LINTAS,
        "Ekonomi",
        "Bukit Hijau",
        "Budi Santosa",
        "Panen raya di Bukit Hijau",
        "Petani memanen padi. Harga gabah turun, harga beras diharapkan menyusul.",
    ),
    (
        "2024-03-04",
        LINTAS,
        "Ekonomi",
        "Bukit Hijau",
        "Budi Santosa",
        "Kopi Bukit Hijau diekspor",
        "Petani mengekspor kopi ke tiga negara. Harga kopi sedang tinggi.",
    ),
    (
        "2024-03-09",
        KABAR,
        "Ekonomi",
        "Bukit Hijau",
        "Budi Santosa",
        "Harga kopi cetak rekor",
        "Harga biji kopi mencetak rekor. Petani diminta tidak menjual semuanya.",
    ),
    (
        "2024-05-21",
        LINTAS,
        "Ekonomi",
        "Tanjung Biru",
        None,
        "Ekspor ikan meningkat",
        "Pengekspor ikan menambah kapal. Ekspornya meningkat dua kali.",
    ),
    (
        "2024-06-02",
        LINTAS,
        "Ekonomi",
        "Kota Lama",
        "Rina Wulan",
        "Bank daerah turunkan bunga",
        "Bunga pinjaman turun untuk pedagang kecil.",
    ),
    (
        "2024-06-10",
        PELITA,
        "Ekonomi",
        "Kota Lama",
        None,
        "Warga membeli emas",
        "Warga ramai membeli emas. Toko kehabisan cincin.",
    ),
    (
        "2024-06-12",
        PELITA,
        "Ekonomi",
        "Kota Lama",
        None,
        "Emas dibeli pelancong",
        "Perhiasan lama dibeli pelancong dari seberang. Pembeli menawar.",
    ),
    (
        "2024-02-01",
        PELITA,
        "Ekonomi",
        "Kota Lama",
        "Rina Wulan",
        "Kereta cepat Palapa diuji",
        _TRAIN,
    ),
    (
        "2024-02-01",
        SAMUDRA,
        "Ekonomi",
        "Tanjung Biru",
        None,
        "Uji coba kereta cepat ke Tanjung Biru",
        _TRAIN,
    ),
    (
        "2024-02-03",
        PELITA,
        "Ekonomi",
        "Tanjung Biru",
        None,
        "Kereta barang lambat, kata pedagang",
        "Kereta barang yang tidak cepat merugikan pedagang ikan.",
    ),
    (
        "2024-08-17",
        KABAR,
        "Ekonomi",
        "Kota Lama",
        "Sari Dewi",
        "Kereta cepat layani penumpang",
        "Kereta cepat melayani dua ribu penumpang sehari.",
    ),
    (
        "2024-08-19",
        LINTAS,
        "Ekonomi",
        "Kota Lama",
        "Rina Wulan",
        "Tiket kereta cepat terjual habis",
        "Tiket kereta cepat terjual habis dalam sejam.",
    ),
    (
        "2024-01-10",
        KABAR,
        "Peristiwa",
        "Pulau Mutiara",
        "Sari Dewi",
        "Gempa guncang Pulau Mutiara",
        "Gempa berkekuatan 5,4 mengguncang Pulau Mutiara. Tidak ada korban jiwa.",
    ),
    (
        "2024-01-10",
        SAMUDRA,
        "Peristiwa",
        "Pulau Mutiara",
        None,
        "Gempa 5,4, warga diminta tenang",
        "Gempa berkekuatan 5,4 mengguncang Pulau Mutiara. Tidak ada korban jiwa.",
    ),
    (
        "2024-01-12",
        RIMBA,
        "Peristiwa",
        "Pulau Mutiara",
        "Joko Lelono",
        "Warga pulang ke rumah",
        "Warga yang mengungsi karena gempa pulang ke rumah masing-masing.",
    ),
    (
        "2024-04-07",
        RIMBA,
        "Lingkungan",
        "Bukit Hijau",
        "Joko Lelono",
        "Kebakaran hutan dipadamkan",
        "Kebakaran hutan di Bukit Hijau padam setelah hujan.",
    ),
    (
        "2024-09-09",
        SAMUDRA,
        "Lingkungan",
        "Tanjung Biru",
        None,
        "Kebakaran kapal di dermaga",
        "Kebakaran di dermaga menghanguskan dua kapal.",
    ),
    (
        "2019-10-21",
        KABAR,
        "Politik",
        "Kota Lama",
        "Sari Dewi",
        "Gubernur baru dilantik",
        "Gubernur Arman Lesmana dilantik di Kota Lama. Presiden hadir bersama para menteri.",
    ),
    (
        "2019-11-02",
        PELITA,
        "Politik",
        "Kota Lama",
        "Rina Wulan",
        "Gubernur Lesmana temui nelayan",
        "Gubernur muda Lesmana menemui nelayan. Mereka meminta solar murah.",
    ),
    (
        "2019-11-09",
        SAMUDRA,
        "Politik",
        "Tanjung Biru",
        None,
        "Janji gubernur ditagih",
        "Nelayan menagih janji. Menurut Lesmana, janji gubernur ditepati tahun depan.",
    ),
    (
        "2020-03-02",
        KABAR,
        "Politik",
        "Kota Lama",
        "Sari Dewi",
        "Presiden resmikan bendungan",
        "Presiden meresmikan bendungan. Gubernur Arman Lesmana mendampingi.",
    ),
    (
        "2020-08-17",
        PELITA,
        "Politik",
        "Kota Lama",
        None,
        "Upacara kemerdekaan sederhana",
        "Upacara 17 Agustus 2020 berlangsung sederhana.",
    ),
    (
        "2021-05-05",
        SAMUDRA,
        "Olahraga",
        "Tanjung Biru",
        None,
        "Pebulu tangkis muda juara",
        "Pebulu tangkis berusia 15 tahun menjuarai turnamen kampung.",
    ),
    (
        "2021-05-06",
        KABAR,
        "Olahraga",
        "Kota Lama",
        "Sari Dewi",
        "Turnamen bulu tangkis ditutup",
        "Turnamen bulu tangkis antarkampung ditutup walikota.",
    ),
    (
        "2022-09-09",
        SAMUDRA,
        "Olahraga",
        "Tanjung Biru",
        None,
        "Perahu naga latihan",
        "Tim perahu naga berlatih di teluk setiap sore.",
    ),
    (
        "2025-09-01",
        RIMBA,
        "Pendidikan",
        "Bukit Hijau",
        "Joko Lelono",
        "Perpustakaan keliling tiba di Bukit Hijau",
        "Perpustakaan keliling membawa buku bacaan anak.",
    ),
    (
        "2025-09-15",
        KABAR,
        "Pendidikan",
        "Kota Lama",
        "Sari Dewi",
        "Guru desa terima penghargaan",
        "Guru desa yang mengajar di perpustakaan menerima penghargaan.",
    ),
    (
        "2025-10-01",
        KABAR,
        "Pendidikan",
        "Kota Lama",
        "Sari Dewi",
        "Jum'at baca di sekolah",
        "Setiap Jum'at siswa membaca di perpustakaan sekolah.",
    ),
    (
        None,
        RIMBA,
        "Pendidikan",
        None,
        None,
        "Catatan perpustakaan",
        "Sebuah catatan tentang perpustakaan keliling, tanpa keterangan waktu.",
    ),
    (
        None,
        None,
        None,
        None,
        None,
        "Surat lama dari Pulau Mutiara",
        "Surat lama tentang gempa besar ditemukan di loteng.",
    ),
    (
        None,
        SAMUDRA,
        "Peristiwa",
        "Tanjung Biru",
        None,
        "Cerita banjir dari kakek",
        "Kakek bercerita tentang banjir besar pada masa mudanya.",
    ),
    (
        "2025-11-11",
        LINTAS,
        "Ekonomi",
        "Tanjung Biru",
        "Rina Wulan",
        "Pelabuhan baru beroperasi",
        "Pelabuhan baru Tanjung Biru beroperasi. Gubernur Arman Lesmana membukanya bersama dua belas nakhoda.",
    ),
    (
        "2025-11-12",
        LINTAS,
        "Ekonomi",
        "Tanjung Biru",
        "Rina Wulan",
        "Dermaga ikan diperluas",
        "Dermaga ikan diperluas tahun ini. Biayanya dari kas daerah.",
    ),
)


def _moment(day: str | date | None) -> datetime | None:
    if day is None:
        return None
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(day, time(tzinfo=WIB)).astimezone(UTC)


ARTICLES = tuple(
    Article(
        f"t{number:02}",
        title,
        body,
        _moment(day),
        f"https://example.com/t{number:02}",
        source,
        category,
        place,
        author,
    )
    for number, (day, source, category, place, author, title, body) in enumerate(_ROWS, start=1)
)


def day(article: Article) -> str | None:
    """Its day, as ``2017-05-02``."""
    return None if article.date is None else article.date.astimezone(WIB).date().isoformat()


def has(article: Article, pattern: str) -> bool:
    """Whether its title or body has what a regular expression tells, in any case."""
    return re.search(pattern, f"{article.title}\n{article.body}", re.IGNORECASE) is not None


def where(
    *patterns: str, without: str | None = None, within: str = "", source: str | None = None
) -> list[Article]:
    """The articles that have every pattern, of days that begin so, and of the source."""
    return [
        one
        for one in ARTICLES
        if all(has(one, pattern) for pattern in patterns)
        and not (without and has(one, without))
        and (not within or (day(one) or "").startswith(within))
        and (source is None or one.source == source)
    ]


def ids(articles: Iterable[Article]) -> set[str]:
    """Their ids."""
    return {one.id for one in articles}


def days(articles: Iterable[Article], *, newest: bool = True) -> list[str]:
    """Their days, the newest or the oldest first; the undated are left out."""
    return sorted(filter(None, map(day, articles)), reverse=newest)
