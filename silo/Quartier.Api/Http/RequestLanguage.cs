using Quartier.Contracts.Registry;

namespace Quartier.Api.Http;

/// <summary>The language in which sentences of this request's answer are written: German or English, whichever the caller likes better.</summary>
internal sealed class RequestLanguage
{
    /// <summary>Languages of a header that are looked at; more than a browser sends.</summary>
    private const int NamedMax = 20;

    private bool _german;

    /// <summary>Reads Accept-Language (RFC 9110, 12.5.4); English when it names neither.</summary>
    public void Read(HttpRequest request)
    {
        var (german, english) = (0.0, 0.0);
        foreach (var named in request.GetTypedHeaders().AcceptLanguage.Take(NamedMax))
        {
            var quality = named.Quality ?? 1;
            var primary = named.Value.AsSpan();
            primary = primary.IndexOf('-') is > 0 and var end ? primary[..end] : primary;
            german = primary.Equals("de", StringComparison.OrdinalIgnoreCase) ? Math.Max(german, quality) : german;
            english = primary.Equals("en", StringComparison.OrdinalIgnoreCase) ? Math.Max(english, quality) : english;
        }

        _german = german > english;
    }

    /// <summary>The text in that language.</summary>
    public string Of(BilingualText text) => _german ? text.De : text.En;
}
