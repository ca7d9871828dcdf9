import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/** Lucene as it comes: the English analyzer, BM25, any of the query's words.
 *
 * <p>Ranked index ARTICLES.jsonl FOLDER, then Ranked ask FOLDER QUERIES.tsv FIELD...: of each query
 * the best hundred in TREC's form, by the sum over the fields. The field `all` is title and body. */
public class Ranked {
  static final int WANTED = 100;

  public static void main(String[] args) throws Exception {
    if (args[0].equals("index")) {
      index(Path.of(args[1]), Path.of(args[2]));
    } else {
      ask(Path.of(args[1]), Path.of(args[2]), java.util.Arrays.copyOfRange(args, 3, args.length));
    }
  }

  static void index(Path articles, Path folder) throws Exception {
    var json = new ObjectMapper();
    var config = new IndexWriterConfig(new EnglishAnalyzer());
    config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    try (var directory = FSDirectory.open(folder);
        var writer = new IndexWriter(directory, config);
        var lines = Files.lines(articles, StandardCharsets.UTF_8)) {
      for (var line : (Iterable<String>) lines::iterator) {
        var article = json.readTree(line);
        String title = article.path("title").asText(""), body = article.path("body").asText("");
        var document = new Document();
        document.add(new StringField("id", article.get("id").asText(), Field.Store.YES));
        document.add(new TextField("title", title, Field.Store.NO));
        document.add(new TextField("body", body, Field.Store.NO));
        document.add(new TextField("all", title + "\n" + body, Field.Store.NO));
        writer.addDocument(document);
      }
    }
  }

  static Query queryOf(QueryBuilder builder, String text, String[] fields) {
    var any = new BooleanQuery.Builder();
    for (String field : fields) {
      Query query = builder.createBooleanQuery(field, text);
      if (query != null) any.add(query, BooleanClause.Occur.SHOULD);
    }
    return any.build();
  }

  static void ask(Path folder, Path queries, String[] fields) throws Exception {
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    var builder = new QueryBuilder(new EnglishAnalyzer());
    try (var directory = FSDirectory.open(folder); var reader = DirectoryReader.open(directory)) {
      var searcher = new IndexSearcher(reader);
      for (String line : Files.readAllLines(queries)) {
        String[] parts = line.split("\t", 2);
        var best = searcher.search(queryOf(builder, parts[1], fields), WANTED).scoreDocs;
        for (int i = 0; i < best.length; i++) {
          String id = searcher.storedFields().document(best[i].doc).get("id");
          out.printf("%s Q0 %s %d %f lucene%n", parts[0], id, i + 1, best[i].score);
        }
      }
    }
    out.flush();
  }
}
