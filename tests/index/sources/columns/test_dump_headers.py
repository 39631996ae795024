"""Whole headers of dumps: which column is read as which field."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from index.sources.columns.plan import FieldNames


class Dump(NamedTuple):
    """The columns of a dump, and for each field that it has the column that is read first."""

    name: str
    columns: str
    first: str


DUMPS = [
    Dump(
        "Kaggle, one site",
        "Unnamed:0,title,date,content,link,source",
        "title=title date=date body=content url=link source=source",
    ),
    Dump(
        "Kaggle, long headers",
        "No;Tanggal;Judul Berita;Isi Berita;Link Berita;Portal Berita;Nama Wartawan",
        "date=Tanggal|title=Judul Berita|body=Isi Berita|url=Link Berita|source=Portal Berita"
        "|author=Nama Wartawan",
    ),
    Dump(
        "Kaggle, glued headers",
        "idberita,judulberita,isiberita,tglterbit,linkberita,namapenulis,kategoriberita",
        "id=idberita title=judulberita body=isiberita date=tglterbit url=linkberita"
        " author=namapenulis category=kategoriberita",
    ),
    Dump(
        "Kaggle, English compounds",
        "news_id,news_title,news_content,news_date,news_url,news_category,news_source",
        "id=news_id title=news_title body=news_content date=news_date url=news_url"
        " category=news_category source=news_source",
    ),
    Dump(
        "hoax collection",
        "ID,label,tanggal,judul,narasi,nama file gambar",
        "id=ID date=tanggal title=judul body=narasi",
    ),
    Dump(
        "cleaned texts beside the texts",
        "judul,clean_text,stemmed,tokens,isi_berita,label",
        "title=judul body=isi_berita",
    ),
    Dump("only cleaned texts", "judul,clean_text,stemmed,label", "title=judul body=clean_text"),
    Dump(
        "news-please",
        "authors,date_download,date_modify,date_publish,description,filename,image_url,language,"
        "localpath,maintext,source_domain,title,title_page,title_rss,url",
        "author=authors date=date_publish summary=description body=maintext source=source_domain"
        " title=title url=url",
    ),
    Dump(
        "newspaper3k",
        "title,text,authors,publish_date,top_image,movies,keywords,summary,url,source_url",
        "title=title body=text author=authors date=publish_date summary=summary url=url"
        " origin=source_url",
    ),
    Dump(
        "trafilatura",
        "title,author,hostname,date,fingerprint,id,license,comments,raw_text,text,language,image,"
        "pagetype,filedate,source,source-hostname,excerpt,categories,tags",
        "title=title author=author source=source-hostname date=date id=id body=text summary=excerpt"
        " category=categories url=source",
    ),
    Dump(
        "Readability",
        "title,byline,dir,lang,content,textContent,length,excerpt,siteName,publishedTime",
        "title=title author=byline body=content summary=excerpt source=siteName date=publishedTime",
    ),
    Dump(
        "Goose",
        "title,cleaned_text,meta_description,publish_date,domain,canonical_link,top_image",
        "title=title body=cleaned_text summary=meta_description date=publish_date source=domain"
        " url=canonical_link",
    ),
    Dump(
        "NewsAPI",
        "source,author,title,description,url,urlToImage,publishedAt,content",
        "source=source author=author title=title summary=description url=url date=publishedAt"
        " body=content",
    ),
    Dump(
        "NewsAPI, flattened",
        "author,title,description,url,urlToImage,publishedAt,content,source.id,source.name",
        "author=author title=title summary=description url=url date=publishedAt body=content"
        " source=source.name",
    ),
    Dump(
        "newsdata.io",
        "article_id,title,link,keywords,creator,video_url,description,content,pubDate,pubDateTZ,"
        "image_url,source_id,source_url,source_icon,source_name,language,country,category",
        "id=article_id title=title url=link author=creator summary=description body=content"
        " date=pubDate source=source_name category=category origin=source_url",
    ),
    Dump(
        "Event Registry",
        "uri,lang,isDuplicate,date,time,dateTime,dateTimePub,dataType,sim,url,title,body,source,"
        "authors,image,eventUri,sentiment,wgt",
        "date=dateTimePub url=url title=title body=body source=source author=authors",
    ),
    Dump(
        "Guardian's API",
        "type,sectionId,sectionName,webPublicationDate,webTitle,webUrl,apiUrl,pillarId",
        "category=sectionName date=webPublicationDate title=webTitle url=webUrl",
    ),
    Dump(
        "GDELT",
        "url,url_mobile,title,seendate,socialimage,domain,language,sourcecountry",
        "url=url title=title source=domain",
    ),
    Dump(
        "Scrapy",
        "url,headline,author,published_at,section,paragraphs,scraped_at,spider",
        "url=url title=headline author=author date=published_at category=section body=paragraphs",
    ),
    Dump(
        "Scrapinghub's article extraction",
        "url,headline,datePublished,datePublishedRaw,dateModified,author,inLanguage,articleBody,"
        "articleBodyHtml,description,mainImage,images,probability",
        "url=url title=headline date=datePublished author=author body=articleBody"
        " summary=description",
    ),
    Dump(
        "JSON-LD",
        "@type,headline,name,articleBody,datePublished,dateModified,author,publisher,image,"
        "articleSection,mainEntityOfPage",
        "title=headline body=articleBody date=datePublished author=author source=publisher"
        " category=articleSection url=mainEntityOfPage",
    ),
    Dump(
        "WordPress REST",
        "id,date,date_gmt,guid,modified,modified_gmt,slug,status,type,link,title,content,excerpt,"
        "author,featured_media,comment_status,ping_status,sticky,template,format,meta,categories,"
        "tags",
        "id=id date=date url=link title=title body=content summary=excerpt author=author"
        " category=categories",
    ),
    Dump(
        "WordPress's table",
        "ID,post_author,post_date,post_date_gmt,post_content,post_title,post_excerpt,post_status,"
        "comment_status,ping_status,post_name,post_modified,post_modified_gmt,post_parent,guid,"
        "menu_order,post_type,comment_count",
        "id=ID author=post_author date=post_date body=post_content title=post_title"
        " summary=post_excerpt",
    ),
    Dump(
        "Ghost",
        "id,uuid,title,slug,mobiledoc,html,comment_id,plaintext,feature_image,featured,status,"
        "visibility,created_at,updated_at,published_at,custom_excerpt",
        "id=id title=title body=plaintext date=published_at",
    ),
    Dump(
        "Strapi",
        "id,title,content,slug,createdAt,updatedAt,publishedAt,locale",
        "id=id title=title body=content date=publishedAt",
    ),
    Dump(
        "Strapi, flattened",
        "id,attributes.title,attributes.content,attributes.createdAt,attributes.publishedAt",
        "id=id title=attributes.title body=attributes.content date=attributes.publishedAt",
    ),
    Dump(
        "Joomla",
        "id,title,alias,introtext,fulltext,state,catid,created,created_by,modified,publish_up,hits",
        "id=id title=title summary=introtext body=fulltext date=publish_up",
    ),
    Dump(
        "Drupal",
        "nid,vid,type,langcode,title,uid,status,created,changed,body.value,body.summary",
        "id=nid title=title date=created body=body.value summary=body.summary",
    ),
    Dump(
        "Elasticsearch, flattened",
        "_index,_id,_score,_source.judul,_source.isi,_source.tanggal,_source.@timestamp,"
        "_source.url,_source.sumber",
        "id=_id title=_source.judul body=_source.isi date=_source.tanggal url=_source.url"
        " source=_source.sumber",
    ),
    Dump(
        "mongoexport",
        "_id.$oid,judul,isi,tanggal.$date,url,penulis,__v",
        "id=_id.$oid title=judul body=isi date=tanggal.$date url=url author=penulis",
    ),
    Dump(
        "Label Studio",
        "ID,agreement,annotation_id,annotator,created_at,id,isi,judul,kategori_berita,lead_time,"
        "updated_at,url",
        "id=id body=isi title=judul category=kategori_berita url=url",
    ),
    Dump(
        "id_newspapers",
        "title,content,url,date",
        "title=title body=content url=url date=date",
    ),
    Dump(
        "IndoSum",
        "category,gold_labels,id,paragraphs,source,source_url,summary",
        "category=category id=id body=paragraphs source=source origin=source_url summary=summary",
    ),
    Dump(
        "Liputan6",
        "id,url,clean_article,clean_summary,extractive_summary",
        "id=id url=url body=clean_article summary=clean_summary",
    ),
    Dump(
        "XL-Sum", "id,url,title,summary,text", "id=id url=url title=title summary=summary body=text"
    ),
    Dump(
        "a scraper's own",
        "sumber,url,judul,author,tanggal_publikasi,isi_berita",
        "source=sumber url=url title=judul author=author date=tanggal_publikasi body=isi_berita",
    ),
    Dump(
        "times of many kinds",
        "judul,isi,crawled_at,updated_at,created_at,tanggal,tanggal_terbit",
        "title=judul body=isi date=tanggal_terbit",
    ),
    Dump("only a time of crawling", "judul,isi,crawled_at", "title=judul body=isi"),
    Dump("only a time of change", "judul,isi,updated_at", "title=judul body=isi date=updated_at"),
    Dump(
        "web-scraper.io",
        "web-scraper-order,web-scraper-start-url,link,link-href,judul,tanggal,isi,image-src",
        "url=link-href title=judul date=tanggal body=isi",
    ),
    Dump(
        "Octoparse",
        "Title,Title_URL,Date,Content,Page_URL",
        "title=Title url=Title_URL date=Date body=Content origin=Page_URL",
    ),
    Dump(
        "ParseHub",
        "berita_name,berita_url,berita_tanggal,berita_isi,berita_penulis",
        "title=berita_name url=berita_url date=berita_tanggal body=berita_isi"
        " author=berita_penulis",
    ),
    Dump(
        "feedparser",
        "title,title_detail,links,link,summary,summary_detail,id,guidislink,published,"
        "published_parsed,authors,author,source.title,source.href",
        "title=title url=link summary=summary id=id date=published author=author"
        " source=source.title origin=source.href",
    ),
    Dump(
        "rss-parser",
        "creator,title,link,pubDate,content:encoded,contentSnippet,guid,categories,isoDate",
        "author=creator title=title url=link date=pubDate body=content:encoded"
        " summary=contentSnippet id=guid category=categories",
    ),
    Dump(
        "with pictures and comments",
        "judul,judul_gambar,url_gambar,caption,komentar,isi_komentar,isi,video_url,author_url",
        "title=judul body=isi",
    ),
    Dump(
        "Malay",
        "tajuk,kandungan,tarikh,pautan,penulis,sumber",
        "title=tajuk body=kandungan date=tarikh url=pautan author=penulis source=sumber",
    ),
]


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_each_field_is_read_from_the_right_column(dump: Dump) -> None:
    columns = dump.columns.split(";" if ";" in dump.columns else ",")
    pairs = dump.first.split("|" if "|" in dump.first else " ")
    plan = FieldNames({}).plan(columns)
    assert {field: held[0] for field, held in plan.items() if held} == dict(
        pair.split("=", 1) for pair in pairs
    )


def test_a_record_with_all_names_empty_falls_through_in_order() -> None:
    plan = FieldNames({}).plan(("clean_text", "text", "maintext", "berita", "html"))
    assert plan["body"] == ("text", "maintext", "berita", "html", "clean_text")
