using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Quartier.Domain.Registers;

/// <summary>Builds a page that stands alone and is made for print: no script, no request elsewhere. Every text is escaped here and nowhere else.</summary>
internal sealed class PageText
{
    private const string Style =
        "@page{size:A4;margin:18mm 15mm}"
        + "body{font:11pt/1.4 Georgia,'Times New Roman',serif;color:#111;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        + "h1,h2,h3,caption,th{font-family:Arial,Helvetica,sans-serif}h1{font-size:1.6em}h2{font-size:1.3em;margin-top:2em}h3{font-size:1.1em}"
        + "table{border-collapse:collapse;width:100%;margin:.8em 0 1.4em}caption{text-align:left;font-weight:bold;padding:.3em 0}"
        + "th,td{border:1px solid #666;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:break-word;hyphens:auto;unicode-bidi:isolate}"
        + "td:first-child{overflow-wrap:anywhere;min-width:8em}main{overflow-x:auto}"
        + "th{background:#eee}thead{display:table-header-group}tr,li{break-inside:avoid}p,li{overflow-wrap:anywhere;unicode-bidi:isolate}"
        + ".open{border-left:.4em solid #a33;padding-left:.6em}.note{background:#f4f4f4;padding:.6em}"
        + "@media print{body{margin:0;max-width:none;padding:0;font-size:10pt}main{overflow:visible}table{font-size:9pt}h2{break-before:page;break-after:avoid}h2.first{break-before:auto}h3,caption{break-after:avoid}}";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new();
    private bool _hasSection;

    /// <param name="title">The page's title and first heading.</param>
    public PageText(string title)
    {
        _text.Append("<!DOCTYPE html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").Append(Escape(title)).Append("</title>\n<style>")
            .Append(Style).Append("</style>\n</head>\n<body>\n<main>\n<h1>").Append(Escape(title)).Append("</h1>\n");
    }

    /// <summary>The policy that lets nothing but the page's own style count.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public PageText Section(string heading)
    {
        _text.Append(_hasSection ? "<h2>" : "<h2 class=\"first\">").Append(Escape(heading)).Append("</h2>\n");
        _hasSection = true;
        return this;
    }

    public PageText Part(string heading) => Element("h3", heading);

    public PageText Paragraph(string text) => Element("p", text);

    public PageText Note(string text)
    {
        _text.Append("<p class=\"note\">").Append(Escape(text)).Append("</p>\n");
        return this;
    }

    public PageText Items(IEnumerable<string> items)
    {
        _text.Append("<ul>\n");
        foreach (var item in items)
        {
            Element("li", item);
        }

        _text.Append("</ul>\n");
        return this;
    }

    /// <summary>Points that people must answer, marked so that none is overlooked.</summary>
    public PageText Open(IEnumerable<string> items)
    {
        _text.Append("<ul>\n");
        foreach (var item in items)
        {
            _text.Append("<li class=\"open\"><strong>").Append(Escape(item)).Append("</strong></li>\n");
        }

        _text.Append("</ul>\n");
        return this;
    }

    /// <summary>A table; without rows a sentence says that there is nothing.</summary>
    public PageText Table(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var isEmpty = true;
        foreach (var row in rows)
        {
            if (isEmpty)
            {
                Begin(caption, columns);
                isEmpty = false;
            }

            _text.Append("<tr>");
            foreach (var cell in row)
            {
                _text.Append("<td>").Append(Escape(cell)).Append("</td>");
            }

            _text.Append("</tr>\n");
        }

        if (isEmpty)
        {
            return Paragraph($"{caption}: keine.");
        }

        _text.Append("</tbody>\n</table>\n");
        return this;
    }

    public string End() => _text.Append("</main>\n</body>\n</html>\n").ToString();

    private void Begin(string caption, IReadOnlyList<string> columns)
    {
        _text.Append("<table>\n<caption>").Append(Escape(caption)).Append("</caption>\n<thead><tr>");
        foreach (var column in columns)
        {
            _text.Append("<th scope=\"col\">").Append(Escape(column)).Append("</th>");
        }

        _text.Append("</tr></thead>\n<tbody>\n");
    }

    private PageText Element(string name, string text)
    {
        _text.Append('<').Append(name).Append('>').Append(Escape(text)).Append("</").Append(name).Append(">\n");
        return this;
    }

    private static string Escape(string text) => Encoder.Encode(text);
}
