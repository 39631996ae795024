"""What names of columns mean, as archives write them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import FIELDS
from index.sources.columns.meanings import meaning, with_zone
from index.sources.columns.words import WORDS, words_of

MEANT = {
    "id": """id ID _id guid uuid article_id articleId ArtikelID id_berita idberita news_id
        post_id ID_Artikel doc_id docid _id.$oid _id/$oid nid unique_id id_unik newsid
        _source.id""",
    "title": """title Judul HEADLINE judul_berita judulberita Judul_Artikel judulartikel
        title_news newsTitle news_title articleTitle article.title post_title headline_berita
        main_title main_headline judul_utama judul_lengkap JudulBerita title.rendered
        title_text judul_teks webTitle og_title og:title meta_title nama_berita news_name titel
        tajuk_berita h1 _source.judul fields.headline JUDUL_BERITA JUDULBERITA judul-artikel
        attributes.title clean_title""",
    "body": """body page_content pageContent isi content text konten article artikel
        articleBody berita isi_berita isiberita IsiBerita konten_berita kontenberita
        teks_berita text_berita maintext main_text mainText main_content full_text fulltext
        full_content news_content newscontent article_text articleText article_content
        article.body post_content isi_artikel isi_lengkap berita_lengkap full_article
        artikel_lengkap textContent plaintext plain_text raw_text content.rendered
        content:encoded content_encoded content_html body_html html bodyHtml paragraphs
        paragraf paragraf_berita isi_teks isi_konten naskah_berita tulisan story post
        clean_text cleaned_text text_clean clean_content isi_bersih clean_article _source.isi
        _source.content fields.body ISI_BERITA body.value document narasi clean_narasi
        content_raw isi_berita_clean berita_isi isi_utama konten_utama content_text articlebody""",
    "date": """date tanggal tanggal_penulisan tanggal_muat tgl_siar tanggal_edisi published_at
        pubDate pub_date publishedAt datePublished tgl date_publish publish_date publishdate
        published_date publishedDate publication_date publicationDate tanggal_publikasi
        tanggal_terbit tgl_terbit tglterbit tanggal_tayang tgl_publish TanggalPublish
        waktu_publikasi waktu_terbit publish_time published_time article:published_time
        article_published_time post_date posted_at tanggal_posting tgl_posting tanggal_berita
        news_date waktu_berita tanggal_rilis release_date first_published_at date_published
        date_time datetime tanggal_waktu Tanggal(WIB) hari_tanggal Hari/Tanggal
        webPublicationDate display_date date_iso date_str raw_date created_at createdAt
        dibuat_pada_tanggal tanggal_upload tgl_unggah date_created updated_at date_modified
        dateModified tanggal_update modified last_updated_at publishedAt.iso date_gmt
        published_at_utc dipublikasikan diterbitkan terbit tayang jam publish_up changed
        dateTimePub isoDate tanggal_dan_waktu tanggal_jam Published_On tanggal.$date
        date_created_gmt parsed_date Date_of_publication dc:date jam_terbit pukul time waktu
        publish timestamp""",
    "url": """url URL link tautan permalink url_berita link_berita linkberita LinkBerita
        news_url newsUrl article_url articleUrl article_link post_link canonical_url full_url
        link_artikel alamat_url alamat_berita alamat_web url_artikel web_url webUrl og:url
        judul_url title_link link-href judul-href href uri tautan_berita _source.url
        original_url""",
    "origin": """source_url sourceUrl url_sumber link_sumber page_url sumber_link
        _source.source_url url_halaman""",
    "source": """source sumber publisher media sumber_berita source.name sourceName source_name
        nama_sumber nama_media media_name portal portal_berita PortalBerita nama_portal
        situs_berita news_source news_portal source_domain sourceDomain domain website siteName
        site_name og_site_name publisher_name publisher.name penerbit outlet koran surat_kabar
        kantor_berita provider.name publication media_online situs""",
    "category": """category kategori section rubrik kanal kategori_berita kategoriberita
        nama_kategori category_name categoryName category.name news_category kategori_artikel
        article_section articleSection topik topic topik_berita sectionName section_name
        sub_kategori main_category kategori_utama news_desk jenis_berita article:section
        rubrik_berita channel primary_category""",
    "place": """place Kota/Kabupaten tempat lokasi location kota nama_kota kota_berita
        lokasi_berita city_name lokasi_kejadian provinsi wilayah location.name kota_terbit""",
    "author": """author penulis byline wartawan authors reporter jurnalis nama_penulis
        namapenulis NamaPenulis nama_wartawan nama_reporter author_name authorName author.name
        authors.0.name authors/0/name penulis_berita penulis_artikel news_author writer creator
        dc:creator dc_creator oleh ditulis_oleh written_by article_author kontributor posted_by
        author_full_name Author(s) auteur""",
    "summary": """summary description ringkasan rangkuman resume lead excerpt abstract deskripsi
        teaser
        ringkasan_berita deskripsi_berita short_description meta_description og:description
        excerpt.rendered isi_ringkas isi_singkat lead_berita lead_paragraph news_summary
        introtext contentSnippet snippet berita_singkat summary_text article_summary
        clean_summary paragraf_pertama sinopsis""",
    "nothing": """image_url edisi insert_time muat title_page title_rss body_length
        content_type author_id text_color url_image id_kategori jumlah_kata stemmed tokens
        judul_gambar caption video_url comment_text komentar isi_komentar author_url
        category_url urlToImage imageurl urltoimage thumbnail image foto gambar keterangan_foto
        image_caption lead_time annotation_id annotator crawl_date crawled_at tanggal_crawl
        scraped_at scrape_date date_download download_date fetched_at indexed_at waktu_scraping
        tanggal_akses accessed_at import_date inserted_at tanggal_pengambilan seendate label
        label_date annotation_date subtitle sub_judul slug tags tag keywords kata_kunci
        language lang bahasa country sourcecountry no No. nomor index Unnamed:0 views
        jumlah_komentar word_count sentiment sentimen score status type title_id_en user_id
        username author_email author_image source_id id_sumber category_id tag_id media_content
        media_id media_url media_type comment_count related_articles articles posts
        text_stemmed text_tokens tokenized_text isi_stemming hasil_stemming judul_isi
        title_body extractive_summary gold_labels filename localpath socialimage url_mobile
        short_url api_url start_url web-scraper-start-url web-scraper-order next_page
        content_length text_length published_by_id is_published read_time reading_time
        time_zone birth_date tanggal_lahir event_date tanggal_kejadian expired_date
        date_expired start_date end_date comment_date tempat_lahir judul_video video_title
        image_title deskripsi_gambar description_image isi_0 text2 judul2 content_en judul_en
        title_hash url_hash md5 hash mobiledoc feature_image editor redaktur copyright name
        nama data value full main 0 at name_id post_name published_parsed updated_parsed
        @timestamp _source.@timestamp filedate estimatedDate created_by tanggal_input
        website_url url_portal publish_down author_description category_description ping_status
        comment_status text_id""",
}


@pytest.mark.parametrize(
    ("name", "field"),
    [(name, field) for field, names in MEANT.items() for name in names.split()],
)
def test_a_name_means_its_field_or_none(name: str, field: str) -> None:
    meant = meaning(name)
    assert (meant.field if meant else "nothing") == field, words_of(name)


def test_the_table_has_hundreds_of_names() -> None:
    assert sum(len(names.split()) for names in MEANT.values()) > 400


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Judul Berita",
            "Isi Berita",
            "Nama Wartawan",
            "\ufeffjudul",
            "judul  berita",
            "ISI-BERITA",
        ),
        *("Isi Berita (lengkap)", "Tanggal Publikasi (YYYY-MM-DD)", "Judul/Title", "Link Berita:"),
    ],
)
def test_signs_spaces_and_capitals_do_not_matter(name: str) -> None:
    assert meaning(name) is not None


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_declared_name_means_its_field(field: object) -> None:
    for name in field.archive_names:  # type: ignore[attr-defined]
        meant = meaning(name)
        assert meant is not None
        assert meant.field == field.name  # type: ignore[attr-defined]


@given(st.lists(st.sampled_from(sorted(WORDS)), min_size=1, max_size=4))
def test_a_name_means_the_same_however_its_words_are_joined(words: list[str]) -> None:
    meant = meaning("_".join(words))
    assert meaning("-".join(words).upper()) == meant
    assert meaning(" ".join(word.capitalize() for word in words)) == meant


@given(st.text(max_size=200))
def test_any_text_may_be_a_name(name: str) -> None:
    meaning(name)


def test_a_name_of_many_characters_is_none_and_costs_nothing() -> None:
    started = time.perf_counter()
    assert meaning("isi" * 5_000_000) is None
    assert meaning("_" * 16_000_000) is None
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("name", "value", "zoned"),
    [
        ("date_gmt", "2023-06-01T03:00:00", "2023-06-01T03:00:00 UTC"),
        ("post_date_gmt", "2023-06-01 03:00:00", "2023-06-01 03:00:00 UTC"),
        ("published_utc", "2023-06-01T03:00:00.5", "2023-06-01T03:00:00.5 UTC"),
        ("date_gmt", "2023-06-01T03:00:00+07:00", "2023-06-01T03:00:00+07:00"),
        ("date_gmt", "2023-06-01", "2023-06-01"),
        ("date_gmt", "01.06.2023", "01.06.2023"),
        ("date_gmt", "2023/06/01 03:00", "2023/06/01 03:00 UTC"),
        ("dateUTC", "1 Jun 2023 03.00", "1 Jun 2023 03.00 UTC"),
        ("published_utc", "01.06.2023 03.00.00", "01.06.2023 03.00.00 UTC"),
        ("published_utc", "03:00 01-06-2023", "03:00 01-06-2023 UTC"),
        ("date_gmt", "20230601030000", "20230601030000 UTC"),
        ("date_gmt", "1 Juni 2023 10:00 WIB", "1 Juni 2023 10:00 WIB"),
        ("date_gmt", "2023-06-01T03:00:00-0700", "2023-06-01T03:00:00-0700"),
        ("date_gmt", "2023-06-01T03:00:00z", "2023-06-01T03:00:00z"),
        ("date_gmt", "1685588400", "1685588400"),
        ("outcome_date", "2023-06-01 03:00", "2023-06-01 03:00"),
        ("date", "2023-06-01T03:00:00", "2023-06-01T03:00:00"),
    ],
)
def test_a_column_named_after_utc_is_in_utc(name: str, value: str, zoned: str) -> None:
    assert with_zone(name, value) == zoned
