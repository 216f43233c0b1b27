using System.Net;
using Microsoft.Extensions.Options;

namespace Quartier.Api.Http;

/// <summary>
/// Answers only who addresses the server by one of its names: a foreign page whose name was rebound to this server's address sends its own name in Host, and a form
/// on a foreign page its own Origin. Without configured names it answers callers on the machine itself alone, by a loopback name; a loopback name never counts for
/// callers from elsewhere.
/// </summary>
internal sealed class HostGate(IOptions<QuartierApiOptions> options)
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    private readonly HashSet<string> _names = new(options.Value.HostNames, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var refusal = Refuse(context);
        return refusal is null ? next(context) : refusal.ExecuteAsync(context);
    }

    /// <summary>A program on the machine itself asks, and not for somebody else: proxies say so, and pass on the name by which they were addressed.</summary>
    public static bool IsOnTheMachine(HttpContext context) =>
        IsLocal(context) && IsLoopback(context.Request.Host.Host) && !Array.Exists(ProxyHeaders, context.Request.Headers.ContainsKey);

    private static bool IsLocal(HttpContext context) => context.Connection.RemoteIpAddress is not { } remote || IPAddress.IsLoopback(remote);

    private ApiProblem? Refuse(HttpContext context)
    {
        var isLocal = IsLocal(context);
        return (isLocal || _names.Count > 0) && IsOwn(context.Request.Host)
            ? RefuseForeign(context.Request)
            : RefuseUnnamed(context, isLocal);
    }

    /// <summary>With a port it counts for that port alone; without one for whatever port leads here.</summary>
    private bool IsOwn(HostString host) => _names.Contains(host.Host) || _names.Contains(host.Value ?? string.Empty);

    private ApiProblem? RefuseUnnamed(HttpContext context, bool isLocal)
    {
        var remote = context.Connection.RemoteIpAddress;
        if (!isLocal && _names.Count > 0)
        {
            return Misdirected(context.Request, $"Address the server as {string.Join(" or ", _names.Order(StringComparer.Ordinal))}.");
        }

        if (!isLocal)
        {
            return Problems.Forbidden(
                $"Only callers on the machine itself are answered, not {remote}. Reach it through a tunnel that ends on the machine.");
        }

        var request = context.Request;
        if (!IsLoopback(request.Host.Host) || !IsPort(request, context.Connection.LocalPort))
        {
            return Misdirected(request, "Address the server as localhost, 127.0.0.1 or [::1] with its own port.");
        }

        return RefuseForeign(request);
    }

    private static ApiProblem Misdirected(HttpRequest request, string remedy) => Problems.Create(
        StatusCodes.Status421MisdirectedRequest,
        "misdirected",
        "The request is addressed to another server",
        $"Host is '{Problems.Quote(request.Host.Value ?? string.Empty)}'. {remedy}");

    private static ApiProblem? RefuseForeign(HttpRequest request)
    {
        if (IsSafe(request.Method))
        {
            return null;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
        {
            return Foreign($"Sec-Fetch-Site is '{Problems.Quote(site)}'");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)
            ? null
            : Foreign($"Origin is '{Problems.Quote(origin)}'");
    }

    private static ApiProblem Foreign(string what) =>
        Problems.Forbidden($"{what}: pages of other origins may not change anything here. Send the request from the server's own page or a program.");

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool IsLoopback(string host) =>
        host is "127.0.0.1" || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address) && IsPlain(host, address));

    /// <summary>Refuses unusual spellings such as 127.1 or 0x7f000001, which no browser sends for a page of ours.</summary>
    private static bool IsPlain(string host, IPAddress address) =>
        string.Equals(host.Trim('[', ']'), address.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <summary>A local port of 0 means that the request did not come through a socket.</summary>
    private static bool IsPort(HttpRequest request, int localPort) =>
        localPort == 0 || (request.Host.Port ?? DefaultPort(request)) == localPort;

    private static int DefaultPort(HttpRequest request) =>
        string.Equals(request.Scheme, "https", StringComparison.Ordinal) ? 443 : 80;
}
