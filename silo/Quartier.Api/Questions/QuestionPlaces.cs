using Microsoft.Extensions.Options;
using Quartier.Api.Metrics;

namespace Quartier.Api.Questions;

/// <summary>
/// The places of dear requests: so many for one caller, so many for all without an account, so many altogether. Nobody waits for one: a queue would hold
/// what the limit is to keep out.
/// </summary>
internal sealed class QuestionPlaces(IOptions<QuartierApiOptions> options)
{
    private static readonly string[] Words = ["", "caller", "public", "all"];

    private readonly Lock _gate = new();

    // Whoever has no place has no entry, so that strangers cannot make it grow.
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly long[] _refused = new long[Words.Length];
    private int _all;
    private int _public;
    private long _taken;

    public QuestionLimits Limits { get; } = options.Value.Questions;

    /// <summary>Takes a place; otherwise which limit stands against it.</summary>
    public QuestionLimit Take(QuestionCaller caller)
    {
        lock (_gate)
        {
            var own = _open.GetValueOrDefault(caller.Key);
            var limit = own >= Limits.Caller ? QuestionLimit.Caller
                : caller.IsPublic && _public >= Limits.Public ? QuestionLimit.Public
                : _all >= Limits.All ? QuestionLimit.All
                : QuestionLimit.None;
            if (limit != QuestionLimit.None)
            {
                _refused[(int)limit]++;
                return limit;
            }

            _open[caller.Key] = own + 1;
            _all++;
            _public += caller.IsPublic ? 1 : 0;
            _taken++;
            return QuestionLimit.None;
        }
    }

    /// <summary>Gives back a place that was taken.</summary>
    public void GiveBack(QuestionCaller caller)
    {
        lock (_gate)
        {
            var own = _open[caller.Key] - 1;
            if (own == 0)
            {
                _open.Remove(caller.Key);
            }
            else
            {
                _open[caller.Key] = own;
            }

            _all--;
            _public -= caller.IsPublic ? 1 : 0;
        }
    }

    public void Write(MetricWriter writer)
    {
        lock (_gate)
        {
            writer.Metric(MetricKind.Gauge, "quartier_http_dear_requests", "Dear requests that are open.").Sample(_all);
            writer.Metric(MetricKind.Counter, "quartier_http_dear_requests_total", "Requests that took a place of dear ones.").Sample(_taken);
            writer.Metric(MetricKind.Counter, "quartier_http_dear_requests_refused_total", "Dear requests refused by the limit that stood against them.");
            for (var limit = 1; limit < Words.Length; limit++)
            {
                writer.Sample(_refused[limit], ("limit", Words[limit]));
            }
        }
    }
}
