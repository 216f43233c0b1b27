using Quartier.Contracts.Principals;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts;

/// <summary>The cookie that carries a session: no script reads it, and no foreign page sends it.</summary>
internal static class SessionCookie
{
    public const string Name = "quartier-session";

    public static string? Of(HttpRequest request) => request.Cookies.TryGetValue(Name, out var text) && text.Length > 0 ? text : null;

    public static void Set(HttpContext context, Secret secret) =>
        context.Response.Cookies.Append(Name, secret.Reveal(), Options(context, AccountLimits.SessionLife));

    public static void Remove(HttpContext context) => context.Response.Cookies.Append(Name, string.Empty, Options(context, TimeSpan.Zero));

    private static CookieOptions Options(HttpContext context, TimeSpan life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        Secure = context.Request.IsHttps,
        MaxAge = life,
        IsEssential = true,
    };
}
