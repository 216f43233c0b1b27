using System.Collections.Immutable;

namespace Quartier.Contracts.Principals;

/// <summary>Who asks. Policies name principals as <c>public</c>, <c>person:ID</c>, <c>office:ID</c>, <c>role:WORD</c> or <c>contract:ID</c>.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Id">Lower-case letters, digits, '-'; <c>public</c> for everybody. Unique within the kind.</param>
/// <param name="Name">For people. Never stored in the ledger.</param>
/// <param name="Offices">Ids of the offices to which a person belongs.</param>
/// <param name="Roles">What a person may do.</param>
/// <param name="Contract">The contract that a system acts under; null for others.</param>
/// <param name="UntilMs">When the credential ends, in milliseconds since 1970-01-01T00:00:00Z; <see cref="long.MaxValue"/> for never.</param>
/// <param name="City">Id of the only city in which the principal counts; null for all. A contract's system always has one.</param>
[GenerateSerializer, Immutable, Alias("quartier.Principal")]
public sealed record Principal(
    [property: Id(0)] PrincipalKind Kind,
    [property: Id(1)] string Id,
    [property: Id(2)] string Name,
    [property: Id(3)] ImmutableArray<string> Offices,
    [property: Id(4)] ImmutableArray<Role> Roles,
    [property: Id(5)] string? Contract,
    [property: Id(6)] long UntilMs,
    [property: Id(7)] string? City = null)
{
    /// <summary>Everybody, without an account.</summary>
    public static Principal Public { get; } = new(PrincipalKind.Public, "public", "public", [], [], null, long.MaxValue);

    /// <summary>How the principal is written in the ledger and in answers: <c>public</c>, <c>person:ID</c> or <c>system:ID</c>.</summary>
    public string Reference => Kind switch
    {
        PrincipalKind.Person => $"person:{Id}",
        PrincipalKind.System => $"system:{Id}",
        _ => "public",
    };

    /// <summary>Whether the principal has the role.</summary>
    public bool Has(Role role) => Roles.Contains(role);
}
