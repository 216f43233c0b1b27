using System.Collections.Immutable;

namespace Quartier.Contracts.Principals;

/// <summary>A natural person with an account.</summary>
/// <param name="Id">1 … 64 lower-case letters, digits, '-'; never given to somebody else.</param>
/// <param name="Name">For people; 1 … 100 characters.</param>
/// <param name="Offices">Ids of the offices to which the person belongs; at most <see cref="AccountLimits.OfficesMax"/>.</param>
/// <param name="Roles">What the person may do.</param>
/// <param name="City">Id of the only city in which the account counts; null for all.</param>
/// <param name="Issuer">With <paramref name="Subject"/>: who vouches for the person by OpenID Connect; null when nobody does.</param>
/// <param name="Subject">The person's unchanging name at the issuer; null until it is known.</param>
/// <param name="Email">A verified address at the issuer links the first sign-in to this person; null for none.</param>
/// <param name="Enabled">False: every credential of the person is refused.</param>
public sealed record Person(
    string Id,
    string Name,
    ImmutableArray<string> Offices,
    ImmutableArray<Role> Roles,
    string? City,
    string? Issuer,
    string? Subject,
    string? Email,
    bool Enabled)
{
    /// <summary>Id of the person as whom the local key of the machine acts, and for whom the first sign-in link is.</summary>
    public const string Administrator = "administrator";

    /// <summary>The person as a principal whose credential ends at <paramref name="untilMs"/>.</summary>
    /// <param name="untilMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
    public Principal AsPrincipal(long untilMs) => new(PrincipalKind.Person, Id, Name, Offices, Roles, null, untilMs, City);
}
