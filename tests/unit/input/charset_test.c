/* Texts in the charsets that people wrote in before UTF-8, and in broken UTF-8. */
#include <stdio.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "input/charset.h"
#include "text/utf8.h"
#include "unit/input/scene.h"
#include "unit/unit.h"

static const char russian[] =
    "Музей в гавани был затоплен в ночь на вторник. Вода поднялась выше окон первого "
    "этажа, но все экспонаты удалось вынести, сказал смотритель.";
static const char greek[] =
    "Το μουσείο στο λιμάνι πλημμύρισε τη νύχτα της Τρίτης. Το νερό έφτασε ως τα παράθυρα.";
static const char japanese[] = "港の博物館は火曜日の夜に浸水しました。水は一階の窓まで達しましたが"
                               "、展示品はすべて運び出されたということです。";
static const char chinese[] =
    "港口博物馆星期二夜里被水淹了。水一直涨到一楼的窗户，但是所有展品都已经搬出来了，管理员说。";
static const char korean[] = "항구 박물관이 화요일 밤에 침수되었습니다. 물이 일층 창문까지 "
                             "올라왔지만 전시품은 모두 옮겨졌습니다.";
static const char hebrew[] = "המוזיאון בנמל הוצף בליל יום שלישי. המים הגיעו עד החלונות של הקומה "
                             "הראשונה אבל כל המוצגים הוצאו.";
static const char arabic[] = "غمرت المياه متحف الميناء ليلة الثلاثاء. ووصلت المياه إلى نوافذ "
                             "الطابق الأول لكن جميع المعروضات نقلت.";
static const char thai[] = "พิพิธภัณฑ์ที่ท่าเรือถูกน้ำท่วมในคืนวันอังคาร น้ำขึ้นสูงถึงหน้าต่างชั้นแรก";
static const char polish[] =
    "Muzeum w porcie zostało zalane w nocy z poniedziałku na wtorek. Woda sięgnęła okien "
    "pierwszego piętra, ale wszystkie eksponaty zdążono wynieść, powiedział dozorca. Źle się "
    "stało.";
static const char french[] =
    "Le musée du port a été inondé dans la nuit de mardi. L’eau est montée jusqu’aux fenêtres, "
    "mais « tout a été sauvé », a déclaré le gardien, très ému.";

static void reads(struct scene *scene, const char *charset, const char *text)
{
    char command[200];
    scene_write(scene, "utf8", text, strlen(text));
    snprintf(command, sizeof command, "iconv -f UTF-8 -t %s utf8 > a.txt && rm utf8", charset);
    scene_shell(scene, command);
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_only(scene)->body, text);
}

static void finds_charsets(void **state)
{
    reads(*state, "UTF-8", russian);
    reads(*state, "WINDOWS-1251", russian);
    reads(*state, "KOI8-R", russian);
    reads(*state, "ISO-8859-7", greek);
    reads(*state, "SHIFT_JIS", japanese);
    reads(*state, "EUC-JP", japanese);
    reads(*state, "ISO-2022-JP", japanese);
    reads(*state, "GB18030", chinese);
    reads(*state, "EUC-KR", korean);
    reads(*state, "WINDOWS-1255", hebrew);
    reads(*state, "WINDOWS-1256", arabic);
    reads(*state, "TIS-620", thai);
    reads(*state, "ISO-8859-2", polish);
    reads(*state, "WINDOWS-1252", french);
}

static void reads_wide_texts(void **state)
{
    static const char *const charsets[] = {"UTF-16", "UTF-32"}; /* with a byte order mark */
    for (size_t i = 0; i < 2; i++) {
        reads(*state, charsets[i], russian);
        reads(*state, charsets[i], chinese);
    }
    reads(*state, "UTF-16LE", "Seen by its zeros."); /* without one */
    reads(*state, "UTF-16BE", "Seen by its zeros.");
}

/* Whatever is read, a wide file is its kind. */
static void wide_files_have_kinds(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "utf8", "{\"title\": \"\xC3\xA9\xF0\x9F\x98\x80\"}\n{\"title\": \"x\"}\n");
    scene_shell(scene, "iconv -f UTF-8 -t UTF-16 utf8 > a; rm utf8");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 2);
    assert_slice(scene_article(scene, "a#1")->title, "\xC3\xA9\xF0\x9F\x98\x80");
}

static void long_wide_files_come_whole(void **state)
{
    enum { CHARACTERS = 200000 };
    struct scene *scene = *state;
    static char wide[2 + CHARACTERS * 4];
    size_t size = 2;
    memcpy(wide, "\xFF\xFE", 2);
    for (int i = 0; i < CHARACTERS; i++) { /* "aé𐍈" in turn, so that every buffer cuts something */
        static const struct {
            const char *bytes;
            size_t size;
        } parts[] = {{"a\0", 2}, {"\xE9\0", 2}, {"\0\xD8\x48\xDF", 4}};
        memcpy(wide + size, parts[i % 3].bytes, parts[i % 3].size);
        size += parts[i % 3].size;
    }
    scene->options.max_article_bytes = 4 << 20;
    scene_write(scene, "a.txt", wide, size);
    assert_int_equal(scene_read(scene), STATUS_OK);
    struct slice body = scene_only(scene)->body;
    assert_int_equal(body.size, CHARACTERS / 3 * 7 + 3);
    for (size_t i = 0; i + 7 <= body.size; i += 7)
        assert_memory_equal(body.data + i, "a\xC3\xA9\xF0\x90\x8D\x88", 7);
}

static void a_wide_file_may_be_broken(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.txt",
               "\xFF\xFE"
               "a\0"
               "\x00\xD8"
               "b\0"
               "c");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_only(scene)->body, "a\xEF\xBF\xBD"
                                          "b\xEF\xBF\xBD");
}

static void repairs_utf8(void **state)
{
    static const struct {
        const char *given, *declared, *expected;
    } cases[] = {
        {"caf\xC3\xA9 na\xC3\xAFve \xE2\x80", NULL, "caf\xC3\xA9 na\xC3\xAFve \xEF\xBF\xBD"},
        {"caf\xE9", NULL, "caf\xC3\xA9"},
        {"\x93quoted\x94 \x96 dash", NULL, "\xE2\x80\x9Cquoted\xE2\x80\x9D \xE2\x80\x93 dash"},
        {"\xCC\xEE\xF1\xEA\xE2\xE0", "windows-1251",
         "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0"},
        {"caf\xE9", "latin1", "caf\xC3\xA9"},
        {"caf\xE9", "no-such-charset", "caf\xC3\xA9"},
        {"caf\xE9", "utf-8", "caf\xC3\xA9"},
        {"caf\xC3\xA9", "windows-1251", "caf\xC3\xA9"},
        {"plain", "utf-16", "plain"},
        {"a\x81z", NULL, "a\xEF\xBF\xBDz"},
        {"\x1B[1mbold\x1B[0m", NULL, "\x1B[1mbold\x1B[0m"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bytes text = {0};
        bytes_append_string(&text, cases[i].given);
        charset_to_utf8(&text, cases[i].declared);
        assert_int_equal(text.status, STATUS_OK);
        assert_true(utf8_valid(bytes_slice(&text)));
        assert_slice(bytes_slice(&text), cases[i].expected);
        bytes_release(&text);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(finds_charsets),
        TEST(reads_wide_texts),
        TEST(wide_files_have_kinds),
        TEST(long_wide_files_come_whole),
        TEST(a_wide_file_may_be_broken),
        TEST(repairs_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
