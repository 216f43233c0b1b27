namespace Quartier.Domain.Rules;

/// <summary>What rules are evaluated on: named in alerts, and in whose time zone sentences speak.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="District">Id of the district.</param>
/// <param name="Key"><c>sensor/{gateway}/{sensor}</c> or <c>asset/{id}</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Zone">The city's time zone.</param>
public sealed record RuleSubject(string City, string District, string Key, string Name, TimeZoneInfo Zone) : IRuleSubject
{
    /// <inheritdoc/>
    public RuleSubject Describe() => this;
}
