using System.Text;
using Quartier.Api.Http;
using Quartier.Domain.Registers;

namespace Quartier.Api.Native.Registers;

/// <summary>A page made for print, which runs nothing and loads nothing.</summary>
internal sealed class HtmlPage(string text) : IResult
{
    public const string MediaType = "text/html";

    /// <summary>Media types of a header that are looked at; more than a browser sends.</summary>
    private const int NamedMax = 20;

    public static QueryParameter Format { get; } = new("format", QueryKind.Word, "Which form; absent for what the header Accept likes better.")
    {
        Words = ["json", "html"],
        Optional = true,
    };

    /// <summary>Whether the caller wants a page: by the parameter, else when Accept names text/html and likes JSON no better (RFC 9110, 12.5.1).</summary>
    public static Outcome<bool> IsWanted(HttpRequest request)
    {
        if (!QueryReader.Word(request, Format).TryGet(out var format, out var problem) && problem is not null)
        {
            return problem;
        }

        if (format is not null)
        {
            return format is "html";
        }

        var (html, json) = (0.0, 0.0);
        foreach (var named in request.GetTypedHeaders().Accept.Take(NamedMax))
        {
            var quality = named.Quality ?? 1;
            html = named.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase) ? Math.Max(html, quality) : html;
            json = named.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? Math.Max(json, quality) : json;
        }

        return html > 0 && html >= json;
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = MediaType + "; charset=utf-8";
        response.Headers.ContentSecurityPolicy = RecordPage.ContentSecurityPolicy;
        return response.WriteAsync(text, Encoding.UTF8, httpContext.RequestAborted);
    }
}
