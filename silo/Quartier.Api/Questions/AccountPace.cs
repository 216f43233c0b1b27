using Microsoft.Extensions.Options;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Metrics;

namespace Quartier.Api.Questions;

/// <summary>
/// How many requests an account may send, with all its keys and sessions together and wherever from, however little each costs. Whoever writes Observations is let
/// through like a gateway; who is refused counts in full. Not counted is the local key: whoever has it has the machine.
/// </summary>
internal sealed class AccountPace(IOptions<QuartierApiOptions> options, TimeProvider time)
{
    /// <summary>What something that is written to the SensorThings API counts: 10,000 single Observations a second are what one gateway may send over MQTT.</summary>
    public const double WriteCount = 0.1;

    private readonly Allowances _allowances = new(options.Value.Questions.AccountRate, time);

    private double Rate { get; } = options.Value.Questions.AccountRate;

    /// <summary>Why a request must wait; null when it need not.</summary>
    public ApiProblem? Refuse(HttpContext context, Caller caller) =>
        !IsCounted(caller) || _allowances.TryTake(QuestionCaller.Of(context).Key, IsWrite(context) ? WriteCount : 1, out var seconds) ? null : Refusal(caller, seconds);

    /// <summary>Takes note of an answer: what writes nothing is as cheap to send as a read, and must not be ten times as many.</summary>
    public void Note(HttpContext context, Caller caller, object? answer)
    {
        if (answer is ApiProblem && IsCounted(caller) && IsWrite(context))
        {
            _allowances.Charge(QuestionCaller.Of(context).Key, 1 - WriteCount);
        }
    }

    public void Write(MetricWriter writer) => writer.Metric(
        MetricKind.Counter, "quartier_http_account_refused_total", "Requests of accounts that were refused because the account sent too many.")
        .Sample(_allowances.Refused);

    private bool IsCounted(Caller caller) =>
        Rate > 0 && caller.Credential is { } credential && !string.Equals(credential.Reference, CheckedCredential.LocalKey, StringComparison.Ordinal);

    private static bool IsWrite(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments(SensorThings.Formats.EntityLinks.Path, StringComparison.Ordinal);

    private ApiProblem Refusal(Caller caller, int seconds) => Problems.TooManyRequests(
        $"An account may send {Rate:0} requests a second, and {Rate * Allowances.BurstSeconds:N0} at once; {caller.Credential!.Principal.Reference} has sent more. "
            + $"Try again in {seconds} s, ask less often or for more at once (lists, $expand, $batch counts each part, data arrays count once), or have the operator raise --account-rate.",
        seconds);
}
