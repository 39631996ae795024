import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene with its own Indonesian analyzer and BM25, driven by {@code lucene.py}.
 *
 * <p>{@code build ARTICLES DIRECTORY THREADS} indexes a JSON Lines file. {@code search DIRECTORY}
 * answers each line {@code or|every TAB query} of standard input with one line: nanoseconds, exact
 * total and titles, separated by tabs. {@code rank DIRECTORY DEPTH} answers each line {@code query}
 * with the stored urls of the best, separated by tabs.
 */
public final class Lucene {
  private static final String[] FIELDS = {"title", "body"};
  private static final int PAGE = 10;
  private static final double BUFFER_MIB = 512;

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "build" ->
          build(Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
      case "search" -> search(Path.of(arguments[1]));
      case "rank" -> rank(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void build(Path articles, Path directory, int threads) throws Exception {
    IndexWriterConfig config =
        new IndexWriterConfig(new IndonesianAnalyzer()).setRAMBufferSizeMB(BUFFER_MIB);
    try (BufferedReader lines = reader(articles);
        IndexWriter writer = new IndexWriter(FSDirectory.open(directory), config);
        ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Void>> running = new ArrayList<>();
      for (int number = 0; number < threads; number++) {
        running.add(workers.submit(adding(lines, writer)));
      }
      for (Future<Void> one : running) {
        one.get();
      }
      writer.commit();
    }
  }

  private static Callable<Void> adding(BufferedReader lines, IndexWriter writer) {
    JsonFactory json = new JsonFactory();
    return () -> {
      for (String line = next(lines); line != null; line = next(lines)) {
        writer.addDocument(document(json, line));
      }
      return null;
    };
  }

  private static String next(BufferedReader lines) throws IOException {
    synchronized (lines) {
      return lines.readLine();
    }
  }

  private static BufferedReader reader(Path articles) throws IOException {
    InputStream bytes = Files.newInputStream(articles);
    if (articles.toString().endsWith(".gz")) {
      bytes = new GZIPInputStream(bytes, 1 << 16);
    }
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16);
  }

  private static Document document(JsonFactory json, String line) throws IOException {
    Document document = new Document();
    try (JsonParser parser = json.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
          parser.skipChildren();
        } else if (name.equals("title") || name.equals("body")) {
          document.add(new TextField(name, parser.getText(), Field.Store.YES));
        } else if (name.equals("url")) {
          document.add(new StoredField(name, parser.getText()));
        }
      }
    }
    return document;
  }

  private static void search(Path directory) throws IOException {
    try (DirectoryReader index = DirectoryReader.open(FSDirectory.open(directory));
        Analyzer analyzer = new IndonesianAnalyzer();
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8)) {
      IndexSearcher searcher = new IndexSearcher(index);
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        int tab = line.indexOf('\t');
        boolean every = line.startsWith("every");
        long started = System.nanoTime();
        List<String> answer = answer(searcher, analyzer, line.substring(tab + 1), every);
        long nanoseconds = System.nanoTime() - started;
        answers.print(nanoseconds + "\t" + String.join("\t", answer) + "\n");
        answers.flush();
      }
    }
  }

  private static void rank(Path directory, int depth) throws IOException {
    try (DirectoryReader index = DirectoryReader.open(FSDirectory.open(directory));
        Analyzer analyzer = new IndonesianAnalyzer();
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8)) {
      IndexSearcher searcher = new IndexSearcher(index);
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        List<String> urls = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query(analyzer, line, false), depth).scoreDocs) {
          urls.add(searcher.storedFields().document(hit.doc, Set.of("url")).get("url"));
        }
        answers.print(String.join("\t", urls) + "\n");
      }
    }
  }

  private static List<String> answer(
      IndexSearcher searcher, Analyzer analyzer, String text, boolean every) throws IOException {
    Query query = query(analyzer, text, every);
    TopDocs found =
        searcher.search(query, new TopScoreDocCollectorManager(PAGE, Integer.MAX_VALUE));
    List<String> answer = new ArrayList<>();
    answer.add(Long.toString(found.totalHits.value()));
    for (ScoreDoc hit : found.scoreDocs) {
      String title = searcher.storedFields().document(hit.doc, Set.of("title")).get("title");
      answer.add(title == null ? "" : title.replaceAll("[\t\r\n]", " "));
    }
    return answer;
  }

  private static Query query(Analyzer analyzer, String text, boolean every) throws IOException {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    try (TokenStream tokens = analyzer.tokenStream("body", text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        BooleanQuery.Builder fields = every ? new BooleanQuery.Builder() : words;
        for (String field : FIELDS) {
          Query one = new TermQuery(new Term(field, term.toString()));
          fields.add(one, BooleanClause.Occur.SHOULD);
        }
        if (every) {
          words.add(fields.build(), BooleanClause.Occur.MUST);
        }
      }
      tokens.end();
    }
    return words.build();
  }
}
