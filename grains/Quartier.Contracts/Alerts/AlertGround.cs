using System.Collections.Immutable;

namespace Quartier.Contracts.Alerts;

/// <summary>
/// What decides who gets to know of an alert: its subject, its rule, and the properties whose readings it rests on. A district has no more of them than its
/// sensors and assets have rules, however many alerts were raised.
/// </summary>
/// <param name="Key">What <see cref="KeyOf"/> makes of an alert; the same through its whole life, also when its values are forgotten.</param>
/// <param name="Raised">Alerts that rest on it and are raised.</param>
/// <param name="Acknowledged">Alerts that are taken.</param>
/// <param name="Resolved">Alerts that are over.</param>
[GenerateSerializer, Immutable, Alias("quartier.AlertGround")]
public sealed record AlertGround(
    [property: Id(0)] string Key, [property: Id(1)] long Raised, [property: Id(2)] long Acknowledged, [property: Id(3)] long Resolved)
{
    // Neither stands in an id, a subject or a property.
    private const char Separator = '|';
    private const char Comma = ',';

    /// <summary><c>sensor/{gateway}/{sensor}</c> or <c>asset/{id}</c>.</summary>
    public string Subject => Key[..Key.IndexOf(Separator, StringComparison.Ordinal)];

    /// <summary>The rule.</summary>
    public string RuleId => Key.Split(Separator)[1];

    /// <summary>The properties whose readings the alerts rest on, in ordinal order; empty when none was recorded.</summary>
    public ImmutableArray<string> Properties => [.. Key.Split(Separator)[2].Split(Comma, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Alerts in any state.</summary>
    public long All => Raised + Acknowledged + Resolved;

    /// <summary>The key of what an alert rests on. The migration of <c>city.db</c> that introduced it writes the same.</summary>
    public static string KeyOf(Alert alert)
    {
        var properties = alert.Explanation.Readings.Select(r => r.Property).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return string.Join(Separator, alert.Subject, alert.Explanation.RuleId, string.Join(Comma, properties));
    }

    /// <summary>Whether what has the key is about the subject.</summary>
    public static bool IsOf(string key, string subject) =>
        key.Length > subject.Length && key[subject.Length] == Separator && key.StartsWith(subject, StringComparison.Ordinal);

    /// <summary>With so many more alerts in a state.</summary>
    public AlertGround With(AlertState state, long more) => state switch
    {
        AlertState.Raised => this with { Raised = Raised + more },
        AlertState.Acknowledged => this with { Acknowledged = Acknowledged + more },
        _ => this with { Resolved = Resolved + more },
    };
}
