using System.Collections.Immutable;
using Quartier.Api.Json;
using Quartier.Contracts.Principals;

namespace Quartier.Api.Accounts;

/// <summary>A person as administrators see them.</summary>
internal sealed record PersonItem(
    string Id,
    string Name,
    ImmutableArray<string> Offices,
    ImmutableArray<string> Roles,
    string? City,
    string? Issuer,
    string? Subject,
    string? Email,
    bool Enabled)
{
    public static PersonItem Of(Person person) => new(
        person.Id,
        person.Name,
        person.Offices,
        [.. person.Roles.Select(Words<Role>.Of)],
        person.City,
        person.Issuer,
        person.Subject,
        person.Email,
        person.Enabled);
}
