import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.*;

/* Lucene under the benchmark's contract, for what the peers' program does not ask: text as it was
 * written under the English analyzer, and prefixes, wildcards, edits and gaps, each rewritten as
 * Lucene's own query parser would have it.
 *
 *     Kinds index RAW.jsonl DIR
 *     Kinds query DIR QUERIES.tsv ROUNDS [english]
 *
 * Kinds of queries: and, or, term (plain words) and query, one of word*, w?ld*, word~1, "a b"~4. */
public class Kinds {
  static final Analyzer ENGLISH = new EnglishAnalyzer();

  public static void main(String[] a) throws Exception {
    if (a[0].equals("index")) index(a[1], Path.of(a[2]));
    else query(Path.of(a[1]), a[2], Integer.parseInt(a[3]), a.length > 4);
  }

  static void index(String in, Path dir) throws Exception {
    long start = System.nanoTime();
    var settings = new IndexWriterConfig(ENGLISH).setRAMBufferSizeMB(512).setUseCompoundFile(false);
    var mapper = new ObjectMapper();
    var id = new StringField("id", "", Field.Store.YES);
    var body = new TextField("body", "", Field.Store.NO);
    var document = new Document();
    document.add(id);
    document.add(body);
    try (var folder = FSDirectory.open(dir); var writer = new IndexWriter(folder, settings);
        var lines = Files.newBufferedReader(Path.of(in), StandardCharsets.UTF_8)) {
      for (String line; (line = lines.readLine()) != null;) {
        var article = mapper.readTree(line);
        id.setStringValue(article.get("id").asText());
        body.setStringValue(article.get("text").asText());
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      writer.commit();
    }
    System.out.printf("index_s\t%.2f%n", (System.nanoTime() - start) / 1e9);
  }

  static List<String> words(String text, boolean english) throws IOException {
    if (!english) return List.of(text.split(" "));
    var found = new ArrayList<String>();
    try (var stream = ENGLISH.tokenStream("body", text)) {
      var term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) found.add(term.toString());
      stream.end();
    }
    return found;
  }

  static Query plain(String kind, String text, boolean english) throws IOException {
    var words = words(text, english);
    if (words.size() == 1) return new TermQuery(new Term("body", words.get(0)));
    var all = new BooleanQuery.Builder();
    var occur = kind.equals("and") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
    for (String word : words) all.add(new TermQuery(new Term("body", word)), occur);
    return all.build();
  }

  static Query pattern(String text) {
    int tilde = text.lastIndexOf('~');
    if (text.startsWith("\""))
      return new PhraseQuery(Integer.parseInt(text.substring(tilde + 1)), "body",
          text.substring(1, tilde - 1).split(" "));
    if (tilde > 0)
      return new FuzzyQuery(new Term("body", text.substring(0, tilde)), Integer.parseInt(text.substring(tilde + 1)));
    if (text.indexOf('*') == text.length() - 1 && text.indexOf('?') < 0)
      return new PrefixQuery(new Term("body", text.substring(0, text.length() - 1)));
    return new WildcardQuery(new Term("body", text));
  }

  static void query(Path dir, String file, int rounds, boolean english) throws Exception {
    var searcher = new IndexSearcher(DirectoryReader.open(MMapDirectory.open(dir)));
    searcher.setQueryCache(null);
    var rows = new ArrayList<String[]>();
    for (String line : Files.readAllLines(Path.of(file))) if (!line.isEmpty()) rows.add(line.split("\t"));
    long[] best = new long[rows.size()];
    Arrays.fill(best, Long.MAX_VALUE);
    for (int round = 0; round < rounds; round++)
      for (int i = 0; i < best.length; i++) {
        String[] row = rows.get(i);
        long start = System.nanoTime();
        Query query = row[1].equals("query") ? pattern(row[2]) : plain(row[1], row[2], english);
        searcher.search(query, new TopScoreDocCollectorManager(10, null, 10));
        best[i] = Math.min(best[i], System.nanoTime() - start);
      }
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    for (int i = 0; i < best.length; i++)
      out.printf("%s\t-1\t%.2f\t%n", String.join("\t", rows.get(i)), best[i] / 1e3);
    out.flush();
  }
}
