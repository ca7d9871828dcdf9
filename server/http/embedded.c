#include "http/embedded.h"

/* The assembler reads the files; EMBED_FOLDER is this folder and comes from the build. */
#define FILE_BYTES(file) ".incbin \"" EMBED_FOLDER "/" file "\"\n"
#define EMBED(symbol, bytes)                                           \
    extern const char symbol##_start[], symbol##_end[];                \
    __asm__(".pushsection .rodata\n" #symbol "_start:\n" bytes #symbol \
            "_end:\n.byte 0\n.popsection")

EMBED(verbatim_index_html, FILE_BYTES("page/index.html"));
EMBED(verbatim_style_css, FILE_BYTES("page/style.css"));
EMBED(verbatim_icon_svg, FILE_BYTES("page/icon.svg"));
EMBED(verbatim_opensearch_xml, FILE_BYTES("page/opensearch.xml"));
EMBED(verbatim_openapi_json, FILE_BYTES("openapi.json"));
/* One script of one scope: what is done at once stands in its last part. */
#define SCRIPT(part) FILE_BYTES("page/script/" #part ".js")
EMBED(verbatim_script_js, SCRIPT(places) SCRIPT(nodes) SCRIPT(answers) SCRIPT(lines) SCRIPT(narrow)
                              SCRIPT(completions) SCRIPT(nothing) SCRIPT(start) SCRIPT(help)
                                  SCRIPT(article) SCRIPT(quotation) SCRIPT(trouble) SCRIPT(hands));

static const struct embedded files[] = {
    {"/", "text/html; charset=utf-8", verbatim_index_html_start, verbatim_index_html_end},
    {"/style.css", "text/css; charset=utf-8", verbatim_style_css_start, verbatim_style_css_end},
    {"/script.js", "text/javascript; charset=utf-8", verbatim_script_js_start,
     verbatim_script_js_end},
    {"/icon.svg", "image/svg+xml", verbatim_icon_svg_start, verbatim_icon_svg_end},
    {"/openapi.json", "application/openapi+json;version=3.1", verbatim_openapi_json_start,
     verbatim_openapi_json_end},
};

const struct embedded *embedded_find(struct slice path)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (slice_equal(path, slice_of_string(files[i].path)))
            return &files[i];
    return NULL;
}

struct slice embedded_bytes(const struct embedded *file)
{
    return (struct slice){file->start, (size_t)(file->end - file->start)};
}

struct slice embedded_opensearch(void)
{
    return (struct slice){verbatim_opensearch_xml_start,
                          (size_t)(verbatim_opensearch_xml_end - verbatim_opensearch_xml_start)};
}
