/* Queries and their canonical forms, written by hand from the page that defines the language. */
#include "text/date.h"
#include "unit/query/asking.h"

struct form {
    const char *query, *written;
};

static void check_form(const struct form *form, struct query_options options)
{
    struct asked asked, again, other;
    ask(&asked, analyzer, slice_of_string(form->query), options);
    if (asked.status != STATUS_OK)
        fail_msg("'%s' is refused: %s", form->query, asked.error.text);
    if (!slice_equal(asked.written, slice_of_string(form->written)))
        fail_msg("'%s' is written '%.*s', not '%s'", form->query, (int)asked.written.size,
                 asked.written.data, form->written);
    ask(&again, analyzer, asked.written, (struct query_options){.strict = true});
    ask(&other, analyzer, asked.written, (struct query_options){.strict = true, .any = true});
    if (again.status != STATUS_OK || !equal_trees(asked.query.root, again.query.root))
        fail_msg("'%s' is another query than '%s'", form->written, form->query);
    if (other.status != STATUS_OK || !equal_trees(asked.query.root, other.query.root))
        fail_msg("'%s' is another query than '%s' with op=or", form->written, form->query);
    asked_release(&asked);
    asked_release(&again);
    asked_release(&other);
}

static void check_forms(const struct form *forms, size_t count, struct query_options options)
{
    for (size_t i = 0; i < count; i++)
        check_form(&forms[i], options);
}

#define CHECK(forms, ...) \
    check_forms(forms, sizeof forms / sizeof *forms, (struct query_options){__VA_ARGS__})

static void words(void **state)
{
    static const struct form forms[] = {
        {"", ""},
        {" \t\n ", ""},
        {"homs", "homs"},
        {"Russian AIRSTRIKES", "russian AND airstrikes"},
        {"  russian\tairstrikes\xC2\xA0today ", "russian AND airstrikes AND today"},
        {"a and b or c not d", "a AND and AND b AND or AND c AND not AND d"},
        {"matériel", "materiel"},
        {"don't", "\"don t\""},
        {"ill-advised plan", "\"ill-advised\" AND plan"},
        {"AT&T", "\"at t\""},
        {"東京", "\"東 京\""},
        {"U.S.", "us"},
        {"U.S.-led", "\"us-led\""},
        {"3,000 people", "3000 AND people"},
        {"12:06", "\"12 06\""},
        {"127.0.0.1:8080", "\"127 0 0 1 8080\""},
        {"http://www.naharnet.com/stories?id=7", "\"http www naharnet com stories id 7\""},
        {"jsmith@example.org", "\"jsmith example org\""},
        {"C++ C#", "c AND c"},
        {"war — peace … & !!!", "war AND peace"},
        {"who won?", "who AND won"},
        {"putin's", "putin"},
        {"Putin’s plan", "putin AND plan"},
        {"l'homme's", "\"l homme\""},
        {"l'homme", "\"l homme\""},
        {"plan-s", "\"plan-s\""},
        {"dogs' bones", "dogs AND bones"},
        {"'s", "s"},
        {"rock 'n' roll", "rock AND n AND roll"},
        {"the '90s and the ‘80s", "the AND 90s AND and AND the AND 80s"},
        {"NEAR ADJ", "near AND adj"},
        {"*", "*"},
        {"* homs", "homs"},
    };
    (void)state;
    CHECK(forms);
}

static void phrases(void **state)
{
    static const struct form forms[] = {
        {"\"doomed to failure\"", "\"doomed to failure\""},
        {"“doomed to failure”", "\"doomed to failure\""},
        {"„doomed to failure“", "\"doomed to failure\""},
        {"„doomed to failure”", "\"doomed to failure\""},
        {"”doomed to failure”", "\"doomed to failure\""},
        {"‟doomed to failure”", "\"doomed to failure\""},
        {"«doomed to failure»", "\"doomed to failure\""},
        {"»doomed to failure«", "\"doomed to failure\""},
        {"»doomed to failure»", "\"doomed to failure\""},
        {"‹doomed to failure›", "\"doomed to failure\""},
        {"›doomed to failure‹", "\"doomed to failure\""},
        {"「doomed to failure」", "\"doomed to failure\""},
        {"『doomed to failure』", "\"doomed to failure\""},
        {"｢doomed to failure｣", "\"doomed to failure\""},
        {"＂doomed to failure＂", "\"doomed to failure\""},
        {"〝doomed to failure〞", "\"doomed to failure\""},
        {"〝doomed to failure〟", "\"doomed to failure\""},
        {"‘doomed to failure’", "\"doomed to failure\""},
        {"‘doomed to failure’, said X", "\"doomed to failure\" AND said AND x"},
        {"‚doomed to failure‘", "\"doomed to failure\""},
        {"'doomed to failure'", "\"doomed to failure\""},
        {"‘the season’s end’", "\"the season s end\""},
        {"“doomed to failure\" plan", "\"doomed to failure\" AND plan"},
        {"\"doomed to failure” plan", "\"doomed to failure\" AND plan"},
        {"“he said \"no\" to him”", "\"he said no to him\""},
        {"\"homs\"", "\"homs\""},
        {"\"Russia's\"", "\"russia s\""},
        {"\"a AND b\"", "\"a and b\""},
        {"\"doomed\nto (failure)\"", "\"doomed to failure\""},
        {"said\"no\"twice", "said AND \"no\" AND twice"},
        {"\"a b\"\"c d\"", "\"a b\" AND \"c d\""},
        {"-\"doomed to failure\"", "-\"doomed to failure\""},
    };
    (void)state;
    CHECK(forms);
}

static void operators(void **state)
{
    static const struct form forms[] = {
        {"a AND b", "a AND b"},
        {"a OR b", "a OR b"},
        {"a b OR c d", "(a AND b) OR (c AND d)"},
        {"a (b OR c)", "a AND (b OR c)"},
        {"(a OR b) OR c", "a OR b OR c"},
        {"(a b) c", "a AND b AND c"},
        {"((a))", "a"},
        {"a\"b\"OR\"c\"", "(a AND \"b\") OR \"c\""},
        {"-a", "-a"},
        {"NOT a", "-a"},
        {"a -b", "a -b"},
        {"-b a", "a -b"},
        {"a NOT b", "a -b"},
        {"a AND NOT b", "a -b"},
        {"a b -c -d", "a AND b -c -d"},
        {"a -(b OR c)", "a -b -c"},
        {"a -(b c)", "a -(b AND c)"},
        {"a (-b)", "a -b"},
        {"a (b -c)", "a AND (b -c)"},
        {"a OR -b", "a OR (-b)"},
        {"a OR NOT b", "a OR (-b)"},
        {"(a -b) -c", "(a -b) -c"},
        {"-a -b", "-a -b"},
        {"-(-a)", "-(-a)"},
        {"+a b", "+a AND b"},
        {"+the who", "+the AND who"},
        {"+\"a b\" c", "+\"a b\" AND c"},
        {"+(a b) c", "+(a AND b) AND c"},
        {"-(+a)", "-a"},
        {"+a OR b", "+a AND (b OR *)"},
        {"+a OR +b", "+a AND +b"},
        {"=putin", "=putin"},
        {"=putin's", "\"putin s\""},
        {"+=the", "+=the"},
        {"-=the", "-=the"},
        {"=(a \"b\" OR c)", "(=a AND \"b\") OR =c"},
        {"a - b", "a AND b"},
        {"a + b = c", "a AND b AND c"},
        {"--help", "help"},
        {"+-a", "a"},
        {"a-b", "\"a-b\""},
        {"\"a\"-b", "\"a\" AND b"},
        {"(-a)", "-a"},
        {"* -a", "-a"},
    };
    (void)state;
    CHECK(forms);
}

static void any_words(void **state)
{
    static const struct form forms[] = {
        {"a b", "a OR b"},
        {"a AND b c", "(a AND b) OR c"},
        {"a b -c", "(a OR b) -c"},
        {"-a -b", "-a -b"},
        {"+a b c", "+a AND (b OR c OR *)"},
        {"a b OR c", "a OR b OR c"},
        {"(a b) AND c", "(a OR b) AND c"},
        {"a AND -b c", "(a -b) OR c"},
        {"-a AND -b c", "c -a -b"},
        {"a source:bbc b", "(a OR b) AND source:bbc"},
        {"a b (source:bbc OR source:cnn) date:2015",
         "(a OR b) AND (source:bbc OR source:cnn) AND date:2015"},
        {"+a b source:x", "+a AND (b OR *) AND source:x"},
        {"source:bbc OR a", "source:bbc OR a"},
        {"a b title:c", "a OR b OR title:c"},
        {"source:bbc -a", "source:bbc -a"},
    };
    (void)state;
    CHECK(forms, .any = true);
}

static void fields(void **state)
{
    static const struct form forms[] = {
        {"title:Syria", "title:syria"},
        {"TITLE:syria", "title:syria"},
        {"title:\"no fly zone\"", "title:\"no fly zone\""},
        {"title:“no fly zone”", "title:\"no fly zone\""},
        {"title:no-fly", "title:\"no-fly\""},
        {"title:(a (b OR \"c d\"))", "title:a AND (title:b OR title:\"c d\")"},
        {"title:Putin's", "title:putin"},
        {"title:=putin", "title:=putin"},
        {"=title:putin", "title:=putin"},
        {"+title:=the", "+title:=the"},
        {"-title:syria", "-title:syria"},
        {"title:OR", "title:or"},
        {"title:-a", "title:a"},
        {"title:a:b", "title:\"a b\""},
        {"source:BBC", "source:bbc"},
        {"source:\"New  York Times\"", "source:\"new york times\""},
        {"source:(bbc OR cnn)", "source:bbc OR source:cnn"},
        {"source:“the \"Sun\"”", "source:“the \"sun\"”"},
        {"author:O'Reilly", "author:\"o'reilly\""},
        {"tag:C++", "tag:\"c++\""},
        {"tag:+++", "tag:\"+++\""},
        {"lang:en", "lang:en"},
        {"source:example.org", "source:example.org"},
        {"id:000_31b2e65bdbfd1f1a.txt", "id:000_31b2e65bdbfd1f1a.txt"},
        {"id:a.zip!/b#3", "id:\"a.zip!/b#3\""},
        {"id:\"Two Words\"", "id:\"Two Words\""},
        {"id:urn:isbn:17", "id:\"urn:isbn:17\""},
        {"id:http://example.org/a", "id:\"http://example.org/a\""},
    };
    (void)state;
    CHECK(forms);
}

static void dates(void **state)
{
    static const struct form forms[] = {
        {"date:2015-10", "date:2015-10"},
        {"date:2015", "date:2015"},
        {"date:2015-10-01", "date:2015-10-01"},
        {"date:2015-10-01T12:06:00+02:00", "date:2015-10-01T12:06:00"},
        {"date:\"1 Oct 2015\"", "date:2015-10-01"},
        {"date:2015-09-30..2015-10-02", "date:2015-09-30..2015-10-02"},
        {"date:2015-10..2015-10", "date:2015-10"},
        {"date:2015-10-01..2015-10-31", "date:2015-10"},
        {"date:2015-09..", "date:2015-09.."},
        {"date:..2015-09", "date:..2015-09"},
        {"date:..", "date:.."},
        {"date:\"1 Oct 2015 .. 3 Oct 2015\"", "date:2015-10-01..2015-10-03"},
        {"a date:(2014 OR 2016)", "a AND (date:2014 OR date:2016)"},
        {"-date:2015", "-date:2015"},
    };
    (void)state;
    CHECK(forms);
}

static void wildcards(void **state)
{
    static const struct form forms[] = {
        {"Airstr*", "airstr*"},
        {"Matéri*", "materi*"},
        {"=airstr*", "airstr*"},
        {"-airstr*", "-airstr*"},
        {"+airstr*", "+airstr*"},
        {"air-str*", "\"air str*\""},
        {"don't*", "\"don t*\""},
        {"U.S*", "us*"},
        {"3,000*", "3000*"},
        {"201*", "201*"},
        {"s?ria", "s?ria"},
        {"S??RIA", "s??ria"},
        {"*ria", "*ria"},
        {"*stan*", "*stan*"},
        {"a?str*", "a?str*"},
        {"a*?b", "a?*b"},
        {"a**b", "a*b"},
        {"f**k", "f*k"},
        {"air?*", "air?*"},
        {"*?ria", "*?ria"},
        {"airstr*,", "airstr*"},
        {"(airstr*).", "airstr*"},
        {"airstr*?", "airstr*"},
        {"air*\"strikes\"", "air* AND \"strikes\""},
        {"\"russian air*\"", "\"russian air*\""},
        {"\"russian air*\" plan", "\"russian air*\" AND plan"},
        {"\"*ria *oda* b*\"", "\"*ria *oda* b*\""},
        {"\"*ria?No, b*\"", "\"*ria no b*\""},
        {"\"air*\"", "\"air*\""},
        {"title:airstr*", "title:airstr*"},
        {"title:(s?ria OR \"a b*\")", "title:s?ria OR title:\"a b*\""},
        {"\"doomed to fail\"*", "\"doomed to fail*\""},
        {"“doomed to fail!”*.", "\"doomed to fail*\""},
        {"\"fail\"*", "\"fail*\""},
        {"\"a s?ria\"*", "\"a s ria*\""},
        {"\"a *ria\"*", "\"a *ria*\""},
        {"\"a b*\"*", "\"a b*\""},
        {"\"the * of war\"", "\"the * of war\""},
        {"\"the\n*\u3000of war\"", "\"the * of war\""},
        {"\"the * * war\"", "\"the * * war\""},
        {"\"* of war *\"", "\"* of war *\""},
        {"source:BBC*", "source:bbc*"},
        {"source:b?c", "source:b?c"},
        {"author:anne-barn*", "author:anne-barn*"},
        {"author:\"Anne Barn\"*", "author:anne-barn*"},
        {"tag:\"c*\"", "tag:\"c*\""},
        {"source:(bbc* OR cnn)", "source:bbc* OR source:cnn"},
        {"source:東?京", "source:\"東?京\""},
        {"date:*", "date:.."},
        {"id:a*", "id:\"a*\""},
        /* scripts without spaces */
        {"東京*", "\"東 京\""},
        {"\"東京\"*", "\"東 京\""},
        {"東?京", "\"東 * 京\""},
        {"東??京", "\"東 * * 京\""},
        {"ab?京", "\"ab * 京\""},
        {"서울*", "서울*"},
    };
    (void)state;
    CHECK(forms);
}

/* In several parts, of which one would be no pattern in quotes. */
static void parts_with_wildcards(void **state)
{
    static const struct form forms[] = {
        {"to?ay-a*c", "to?ay-a*c"},
        {"To?ay_A*c", "to?ay-a*c"},
        {"to?ay.\"a\"", "to?ay AND \"a\""},
        {"don't-a*c", "don_t-a*c"},
        {"a*c's", "a*c"},
        {"=a*c's", "a*c-s"},
        {"1.5-a?c", "1.5-a?c"},
        {"5?3*7", "5?3-7"},
        {"a/b*?c", "a-b?*c"},
        {"to?ay-b*", "to?ay-b*"},
        {"to-b?*", "to-b?*"},
        {"*?ria-to", "*?ria-to"},
        {"*ria-to?ay", "*ria-to?ay"},
        {"*ria-to*", "\"*ria to*\""},
        {"M*A*S*H-U.S.", "m*a*s*h-us"},
        {"s?ria-東?京", "s?ria-東?京"},
        {"s?ria東京", "s?ria-東_京"},
        {"s?ria??東", "s?ria??東"},
        {"s?ria-東?*", "s?ria-東?*"},
        {"*??東-s?ria", "*??東-s?ria"},
        {"to?ay-a*c^2", "to?ay-a*c^2"},
        {"5?3-7^2", "5?3-7^2"},
        {"(to?ay-a*c b)^2", "to?ay-a*c^2 AND b^2"},
        {"title:to?ay-a*c", "title:to?ay-a*c"},
        {"=to?ay-a*c", "to?ay-a*c"},
        {"+to?ay-a*c", "+to?ay-a*c"},
        {"b -to?ay-a*c", "b -to?ay-a*c"},
        {"-(b OR to?ay-a*c)", "-b -to?ay-a*c"},
        {"to?ay-a*c NEAR/3 (b OR a-c?d)", "to?ay-a*c NEAR/3 (b OR a-c?d)"},
        {"title:(to?ay-a*c^3) ADJ/2 b", "(title:to?ay-a*c ADJ/2 title:b)^3"},
    };
    (void)state;
    CHECK(forms);
    check_form(&forms[0], (struct query_options){.any = true});
}

/* What is pasted between quotation marks is found as it was written. */
static void signs_in_quotes(void **state)
{
    static const struct form forms[] = {
        {"\"Is it over?No, he said\"", "\"is it over no he said\""},
        {"\"he said f***ing awful\"", "\"he said f ing awful\""},
        {"\"M*A*S*H\"", "\"m a s h\""},
        {"“M*A*S*H”~2", "\"m a s h\"~2"},
        {"title:\"over?No\"", "title:\"over no\""},
        {"-\"over?No\"^2", "-\"over no\"^2"},
        {"\"what?!No\"", "\"what no\""},
        {"\"over?*No\"", "\"over no\""},
        {"\"really?* no\"", "\"really no\""},
        {"\"no *?really\"", "\"no really\""},
        {"\"really*? no\"", "\"really* no\""},
        {"\"s?ria\"", "\"s ria\""},
        {"\"s?ria~1 b\"", "\"s ria~1 b\""},
        {"\"東?京\"", "\"東 京\""},
        {"\"東*京\"", "\"東 京\""},
        {"\"東?* a\"", "\"東 a\""},
        {"\"*?東 a\"", "\"東 a\""},
        {"\"ab?京\"", "\"ab 京\""},
        {"\"a?c\" NEAR/5 a?c", "\"a c\" NEAR/5 a?c"},
        {"\"http://x.org/a?b\"", "\"http x org a b\""},
    };
    (void)state;
    CHECK(forms);
    CHECK(forms, .strict = true);
}

/* What people paste and do not mean as wildcards or anything else of the kind. */
static void plain_signs(void **state)
{
    static const struct form forms[] = {
        {"who won?", "who AND won"},
        {"what?!", "what"},
        {"why? because", "why AND because"},
        {"(really?)", "really"},
        {"¿qué?", "que"},
        {"?ria", "ria"},
        {"ria?", "ria"},
        {"\"what? no\"", "\"what no\""},
        {"\"who won?\"", "\"who won\""},
        {"5 * 3", "5 AND 3"},
        {"5*3", "\"5 3\""},
        {"5**3", "\"5 3\""},
        {"\"5 * 3\"", "\"5 3\""},
        {"C*-algebra", "\"c algebra\""},
        {"*.txt", "txt"},
        {"**bold** __em__", "bold AND em"},
        {"\"** note **\"", "\"note\""},
        {"a ~ b", "a AND b"},
        {"~5", "5"},
        {"~word", "word"},
        {"10~20", "\"10 20\""},
        {"\"10~20 men\"", "\"10 20 men\""},
        {"a~b", "\"a b\""},
        {"a^b", "\"a b\""},
        {"10^2", "\"10 2\""},
        {"2015-10^2", "\"2015-10 2\""},
        {"^2", "2"},
        {"word^", "word"},
        {"word^x", "\"word x\""},
        {"\"a^2 b\"", "\"a 2 b\""},
        {"\"a~ b\"", "\"a b\""},
        {"http://x.org/a?b=c*", "\"http x org a b c\""},
        {"www.x.org/a?b=c", "\"www x org a b c\""},
        {"\"see http://x.org/a?b* now\"", "\"see http x org a b now\""},
        {"NEAR a ADJ", "near AND a AND adj"},
        {"a near/5 b", "a AND \"near 5\" AND b"},
        {"NEAR/x", "\"near x\""},
        {"\"a NEAR/5 b\"", "\"a near 5 b\""},
        {"a\"b\"~x", "a AND \"b\" AND x"},
    };
    (void)state;
    CHECK(forms);
}

static void edits(void **state)
{
    static const struct form forms[] = {
        {"talbisah~1", "talbisah~1"},
        {"Talbisah~2", "talbisah~2"},
        {"talbisah~", "talbisah~2"},
        {"talbisah~1, homs", "talbisah~1 AND homs"},
        {"talbisah~1?", "talbisah~1"},
        {"talbisah~0", "=talbisah"},
        {"=talbisah~1", "talbisah~1"},
        {"-talbisah~1", "-talbisah~1"},
        {"title:talbisah~1", "title:talbisah~1"},
        {"putin's~1", "putin~1"},
        {"de-confliktion~1", "\"de~1 confliktion~1\""},
        {"covid-19~1", "\"covid~1 19\""},
        {"mp3~1", "mp3~1"},
        {"\"talbisah~1 airport\"", "\"talbisah~1 airport\""},
        {"\"near talbisah~2.\"", "\"near talbisah~2\""},
        {"\"talbisah~01 airport~002\"", "\"talbisah~1 airport~2\""},
        {"\"talbisah~0 airport\"", "\"talbisah airport\""},
        {"author:barnrad~1", "author:barnrad~1"},
        {"author:anne-barnrad~", "author:anne-barnrad~2"},
        {"tag:2015~1", "tag:\"2015~1\""},
    };
    (void)state;
    CHECK(forms);
}

static void weights(void **state)
{
    static const struct form forms[] = {
        {"word^2", "word^2"},
        {"word^2.50", "word^2.5"},
        {"word^0.125", "word^0.125"},
        {"word^1.001 b^4.035 c^8.03", "word^1.001 AND b^4.035 AND c^8.03"},
        {"word^0.0019", "word^0.001"},
        {"word^1", "word"},
        {"word^1.0", "word"},
        {"mp3^2", "mp3^2"},
        {"covid-19^2", "\"covid-19\"^2"},
        {"word^2.", "word^2"},
        {"=word^2", "=word^2"},
        {"+word^2", "+word^2"},
        {"-word^2", "-word^2"},
        {"title:word^2", "title:word^2"},
        {"airstr*^2", "airstr*^2"},
        {"talbisah~1^2", "talbisah~1^2"},
        {"talbisah^2~1", "talbisah~1^2"},
        {"\"a b\"^2", "\"a b\"^2"},
        {"(a b)^2", "a^2 AND b^2"},
        {"(a OR \"b c\"^3)^2", "a^2 OR \"b c\"^6"},
        {"((a b)^2 c)^3", "a^6 AND b^6 AND c^3"},
        {"(a -b source:c)^2", "a^2 AND source:c -b"},
        {"(a^1000)^1000", "a^1000"},
        {"(2015 a)^2", "(2015)^2 AND a^2"},
        {"=(2015)^2", "=(2015)^2"},
        {"title:(2015)^2", "title:(2015)^2"},
        {"E=mc^2", "\"e mc\"^2"},
    };
    (void)state;
    CHECK(forms);
}

static void gaps(void **state)
{
    static const struct form forms[] = {
        {"\"russian airstrikes\"~3", "\"russian airstrikes\"~3"},
        {"\"russian airstrikes\"~3, homs", "\"russian airstrikes\"~3 AND homs"},
        {"“russian airstrikes”~0", "\"russian airstrikes\""},
        {"\"a b\"~1000", "\"a b\"~1000"},
        {"\"a b\"~3^2", "\"a b\"~3^2"},
        {"\"a b\"^2~3", "\"a b\"~3^2"},
        {"\"a b\"*~3", "\"a b*\"~3"},
        {"\"a b\"~3*", "\"a b*\"~3"},
        {"\"a * b~1 c\"~2", "\"a * b~1 c\"~2"},
        {"\"東京\"~2", "\"東 京\"~2"},
        {"-\"a b\"~3", "-\"a b\"~3"},
        {"title:\"a b\"~3", "title:\"a b\"~3"},
        {"(\"a b\"~3 OR c) d", "(\"a b\"~3 OR c) AND d"},
        {"\"a\"~0", "\"a\""},
    };
    (void)state;
    CHECK(forms);
}

static void nears(void **state)
{
    static const struct form forms[] = {
        {"russian NEAR/5 homs", "russian NEAR/5 homs"},
        {"russian ADJ/5 homs", "russian ADJ/5 homs"},
        {"russian NEAR/05 homs", "russian NEAR/5 homs"},
        {"a b NEAR/5 c d", "a AND (b NEAR/5 c) AND d"},
        {"a OR b NEAR/5 c OR d", "a OR (b NEAR/5 c) OR d"},
        {"\"a b\" NEAR/5 (c OR \"d e\")", "\"a b\" NEAR/5 (c OR \"d e\")"},
        {"(a OR b) ADJ/2 (c OR d)", "(a OR b) ADJ/2 (c OR d)"},
        {"\"a b\"~3 NEAR/5 airstr*", "\"a b\"~3 NEAR/5 airstr*"},
        {"s?ria NEAR/5 talbisah~1", "s?ria NEAR/5 talbisah~1"},
        {"=a NEAR/5 ill-advised", "=a NEAR/5 \"ill-advised\""},
        {"-a NEAR/5 b", "-(a NEAR/5 b)"},
        {"NOT a NEAR/5 b", "-(a NEAR/5 b)"},
        {"+a NEAR/5 b c", "+(a NEAR/5 b) AND c"},
        {"(+a) NEAR/5 b c", "+(a NEAR/5 b) AND c"},
        {"a NEAR/5 (+(b OR d)) c", "+(a NEAR/5 (b OR d)) AND c"},
        {"c -(a NEAR/5 b)", "c -(a NEAR/5 b)"},
        {"(a NEAR/5 b)^2", "(a NEAR/5 b)^2"},
        {"a^2 NEAR/5 b^3", "(a NEAR/5 b)^6"},
        {"c OR (a NEAR/5 b)^2", "c OR (a NEAR/5 b)^2"},
        {"title:(a NEAR/3 b)", "title:a NEAR/3 title:b"},
        {"title:a NEAR/5 b", "title:a NEAR/5 title:b"},
        {"a ADJ/5 title:(b OR c)", "title:a ADJ/5 (title:b OR title:c)"},
        {"a NEAR/5 b NEAR/3 c", "(a NEAR/5 b) AND (b NEAR/3 c)"},
        {"+a ADJ/5 b ADJ/3 c", "+((a ADJ/5 b) AND (b ADJ/3 c))"},
        {"(a b) NEAR/5 c", "(a NEAR/5 c) AND (b NEAR/5 c)"},
        {"a ADJ/5 (b c)", "(a ADJ/5 b) AND (a ADJ/5 c)"},
        {"(a b) NEAR/5 (c d)", "(a NEAR/5 c) AND (a NEAR/5 d) AND (b NEAR/5 c) AND (b NEAR/5 d)"},
        {"(a OR (b c)) NEAR/5 d", "(a NEAR/5 d) OR ((b NEAR/5 d) AND (c NEAR/5 d))"},
        {"(a OR title:b) NEAR/5 c", "(a NEAR/5 c) OR (title:b NEAR/5 title:c)"},
        {"(a^2 OR b) NEAR/5 c", "(a NEAR/5 c)^2 OR (b NEAR/5 c)"},
        {"(a -b) NEAR/5 c", "(a NEAR/5 c) -b"},
        {"(a source:x) NEAR/5 c", "(a NEAR/5 c) AND source:x"},
        {"((a NEAR/3 b) NEAR/5 c)^2", "(a NEAR/3 b)^2 AND ((a OR b) NEAR/5 c)^2"},
        {"(a b)^2 NEAR/5 (c d)^3",
         "(a NEAR/5 c)^6 AND (a NEAR/5 d)^6 AND (b NEAR/5 c)^6 AND (b NEAR/5 d)^6"},
        {"(a NEAR/3 b) NEAR/5 c", "(a NEAR/3 b) AND ((a OR b) NEAR/5 c)"},
    };
    static const struct form any[] = {
        {"(a b) NEAR/5 c", "(a OR b) NEAR/5 c"},
        {"a NEAR/5 b c", "(a NEAR/5 b) OR c"},
        {"a NEAR/5 b NEAR/3 c d", "((a NEAR/5 b) AND (b NEAR/3 c)) OR d"},
        {"(a b)^2 c*", "a^2 OR b^2 OR c*"},
    };
    (void)state;
    CHECK(forms);
    CHECK(any, .any = true);
}

static void characters(void **state)
{
    static const struct form forms[] = {
        {"exact:\"U.S.-led\"", "exact:\"U.S.-led\""},
        {"exact:U.S.-led", "exact:\"U.S.-led\""},
        {"EXACT:“it’s \"so\"”", "exact:“it’s \"so\"”"},
        {"exact:\" two  Spaces \"", "exact:\" two  Spaces \""},
        {"exact:air*~1^2", "exact:\"air*~1^2\""},
        {"exact:\"a b\"^2", "exact:\"a b\"^2"},
        {"exact:(A \"b C\" -D)", "exact:\"A\" AND exact:\"b C\" -exact:\"D\""},
        {"=exact:A", "exact:\"A\""},
        {"-exact:A", "-exact:\"A\""},
        {"title:exact:A", "title:exact:\"A\""},
        {"exact:title:A", "title:exact:\"A\""},
        {"title:(b exact:\"A\")", "title:b AND title:exact:\"A\""},
        {"exact:http://x.org/a", "exact:\"http://x.org/a\""},
    };
    (void)state;
    CHECK(forms);
}

static void whole_input_as_phrase(void **state)
{
    static const struct form forms[] = {
        {"to be OR not \"to\" be", "\"to be or not to be\""},
        {"airstr* \"the * of\"~3 a NEAR/5 b^2 exact:s?ria~1",
         "\"airstr the of 3 a near 5 b 2 exact s ria 1\""},
        {"homs", "\"homs\""},
        {"-(title:x", "\"title x\""},
        {"Russia's", "\"russia s\""},
        {"", ""},
        {"!!!", ""},
    };
    (void)state;
    CHECK(forms, .phrase = true);
}

static void spans_of_dates(void **state)
{
    struct asked whole, open;
    (void)state;
    ask(&whole, analyzer, SLICE("date:2015-10"), (struct query_options){0});
    ask(&open, analyzer, SLICE("date:2015-10.."), (struct query_options){0});
    uint64_t first, last;
    struct date month = {.year = 2015, .month = 10, .day = 1, .precision = DATE_MONTH};
    date_span(&month, &first, &last);
    assert_int_equal(whole.query.root->kind, QUERY_DATE);
    assert_true(whole.query.root->first == first && whole.query.root->last == last);
    assert_true(open.query.root->first == first && open.query.root->last == DATE_OPEN_LAST);
    assert_true(DATE_OPEN_LAST < DATE_PACKED_NONE);
    asked_release(&whole);
    asked_release(&open);
}

static void words_know_their_places(void **state)
{
    struct asked asked;
    (void)state;
    ask(&asked, analyzer, SLICE("é \"Été U.S.\" x"), (struct query_options){0});
    const struct query_node *phrase = asked.query.root->children[1];
    assert_int_equal(phrase->word_count, 2);
    assert_int_equal(phrase->words[0].start, 4);
    assert_int_equal(phrase->words[0].end, 9);
    assert_int_equal(phrase->words[1].start, 10);
    assert_true(slice_equal(phrase->words[1].text, SLICE("us")));
    asked_release(&asked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(phrases),
        cmocka_unit_test(operators),
        cmocka_unit_test(any_words),
        cmocka_unit_test(fields),
        cmocka_unit_test(dates),
        cmocka_unit_test(wildcards),
        cmocka_unit_test(plain_signs),
        cmocka_unit_test(edits),
        cmocka_unit_test(weights),
        cmocka_unit_test(gaps),
        cmocka_unit_test(nears),
        cmocka_unit_test(characters),
        cmocka_unit_test(whole_input_as_phrase),
        cmocka_unit_test(spans_of_dates),
        cmocka_unit_test(words_know_their_places),
        cmocka_unit_test(signs_in_quotes),
        cmocka_unit_test(parts_with_wildcards),
    };
    return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
