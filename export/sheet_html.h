/* export/sheet_html.h - what the files share that write a sheet as a page: the table (sheet_html.c), and the other ways
 * that rows can lie on paper (sheet_html_faces.c). */
#ifndef EXPORT_SHEET_HTML_H
#define EXPORT_SHEET_HTML_H

#include "export/sheet_priv.h"

/* With characters that mean something to the format escaped, names from right to left kept to themselves, and line ends
 * as <br>. */
void html_put(struct buf *out, const struct sheet *s, const char *text);
/* The same in one line, for a title or an attribute. */
void html_put_line(struct buf *out, const struct sheet *s, const char *text);
/* <tag class="class">text</tag>; nothing where there is no text. */
void html_put_element(struct buf *out, const struct sheet *s, const char *tag, const char *class, const char *text);

/* What stands in <style> and in <body>. */
void html_style_cards(const struct sheet *s, struct buf *out);
void html_style_letters(const struct sheet *s, struct buf *out);
void html_style_poster(const struct sheet *s, struct buf *out);
void html_put_cards(const struct sheet *s, struct buf *out);
void html_put_letters(const struct sheet *s, struct buf *out);
void html_put_poster(const struct sheet *s, struct buf *out);
void html_put_charts(const struct sheet *s, struct buf *out);

#endif
