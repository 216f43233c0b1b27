using System.Net;
using Microsoft.Extensions.Options;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Metrics;

namespace Quartier.Api.Questions;

/// <summary>
/// How many requests an address may send without an account, however little each costs: what takes no place of dear requests would keep a core busy in any
/// number. Not counted are callers on the machine itself: its operator, or a proxy that speaks for many and knows them apart.
/// </summary>
internal sealed class PublicPace(IOptions<QuartierApiOptions> options, TimeProvider time)
{
    /// <summary>Below these a credential is checked, and its account has a pace of its own (<see cref="AccountPace"/>); elsewhere nobody looks at it.</summary>
    private static readonly string[] s_checked = ["/api", "/open", SensorThings.Formats.EntityLinks.Path, "/metrics"];

    private readonly Allowances _allowances = new(options.Value.Questions.PublicRate, time);

    private double Rate { get; } = options.Value.Questions.PublicRate;

    /// <summary>Lets a request pass, or answers it with 429.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        Rate == 0 || !IsCounted(context) || TryTake(QuestionCaller.Network(Caller.Remote(context)), out var seconds)
            ? next(context)
            : Refusal(seconds).ExecuteAsync(context);

    /// <summary>Takes one; false with the seconds after which there is another.</summary>
    public bool TryTake(string address, out int retryAfterSeconds) => _allowances.TryTake(address, 1, out retryAfterSeconds);

    public void Write(MetricWriter writer) => writer.Metric(
        MetricKind.Counter, "quartier_http_public_refused_total", "Requests without an account that were refused because their address sent too many.")
        .Sample(_allowances.Refused);

    /// <summary>A wrong credential is counted where it is checked, and a right one has an account.</summary>
    private static bool IsCounted(HttpContext context) =>
        Caller.Remote(context) is { } remote && !IPAddress.IsLoopback(remote)
        && ((context.Request.Headers.Authorization.Count == 0 && SessionCookie.Of(context.Request) is null)
            || !Array.Exists(s_checked, root => context.Request.Path.StartsWithSegments(root, StringComparison.Ordinal)));

    private ApiProblem Refusal(int seconds) => Problems.TooManyRequests(
        $"An address may send {Rate:0} requests a second without an account, and {Rate * Allowances.BurstSeconds:N0} at once. Try again in {seconds} s, ask less often, or use an account's key.",
        seconds);
}
