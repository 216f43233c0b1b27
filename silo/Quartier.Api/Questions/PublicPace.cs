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
    /// <summary>Seconds' worth that may be sent at once: a page asks for some dozens of things when it opens, and a map for more.</summary>
    public const int BurstSeconds = 10;

    /// <summary>Addresses counted apart; beyond, all others are counted together.</summary>
    public const int AddressesMax = 10_000;

    private const string Others = "others";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Allowance> _allowances = new(StringComparer.Ordinal);
    private long _refused;

    private double Rate { get; } = options.Value.Questions.PublicRate;

    /// <summary>Lets a request pass, or answers it with 429.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        Rate == 0 || !IsCounted(context) || TryTake(QuestionCaller.Network(Caller.Remote(context)), out var seconds)
            ? next(context)
            : Refusal(seconds).ExecuteAsync(context);

    /// <summary>Takes one; false with the seconds after which there is another.</summary>
    public bool TryTake(string address, out int retryAfterSeconds)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var key = _allowances.ContainsKey(address) || HasRoom_NeedsLock(now) ? address : Others;
            var left = _allowances.TryGetValue(key, out var known) ? known.At(now, time, Rate) : Rate * BurstSeconds;
            retryAfterSeconds = left < 1 ? Math.Max(1, (int)Math.Ceiling((1 - left) / Rate)) : 0;
            _allowances[key] = new(left < 1 ? left : left - 1, now);
            _refused += left < 1 ? 1 : 0;
            return left >= 1;
        }
    }

    public void Write(MetricWriter writer)
    {
        lock (_gate)
        {
            writer.Metric(
                MetricKind.Counter, "quartier_http_public_refused_total", "Requests without an account that were refused because their address sent too many.").Sample(_refused);
        }
    }

    /// <summary>A wrong credential is counted where it is checked, and a right one has an account.</summary>
    private static bool IsCounted(HttpContext context) =>
        Caller.Remote(context) is { } remote && !IPAddress.IsLoopback(remote)
        && context.Request.Headers.Authorization.Count == 0 && SessionCookie.Of(context.Request) is null;

    private ApiProblem Refusal(int seconds) => Problems.TooManyRequests(
        $"An address may send {Rate:0} requests a second without an account, and {Rate * BurstSeconds:N0} at once. Try again in {seconds} s, ask less often, or use an account's key.",
        seconds);

    /// <summary>Whoever has been quiet for as long as a burst takes is as good as new.</summary>
    private bool HasRoom_NeedsLock(long now)
    {
        if (_allowances.Count < AddressesMax)
        {
            return true;
        }

        foreach (var (address, _) in _allowances.Where(a => a.Value.At(now, time, Rate) >= Rate * BurstSeconds).ToList())
        {
            _allowances.Remove(address);
        }

        return _allowances.Count < AddressesMax;
    }

    private readonly record struct Allowance(double Left, long Since)
    {
        public double At(long now, TimeProvider time, double rate) => Math.Min(rate * BurstSeconds, Left + (time.GetElapsedTime(Since, now).TotalSeconds * rate));
    }
}
