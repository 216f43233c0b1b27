using System.Collections.Immutable;

namespace Quartier.Api.Accounts;

/// <summary>A new person, or what is to change: absent members stay, an empty text takes the value away.</summary>
/// <param name="Id">Lower-case letters, digits, '-'; only when adding.</param>
/// <param name="Name">For people.</param>
/// <param name="Offices">Ids of the offices to which the person belongs.</param>
/// <param name="Roles">administrator, operator, approver, data-protection-officer.</param>
/// <param name="City">Id of the only city in which the account counts; absent for all.</param>
/// <param name="Issuer">OpenID Connect: who vouches; with 'subject'.</param>
/// <param name="Subject">OpenID Connect: the person's unchanging name at the issuer.</param>
/// <param name="Email">OpenID Connect: the verified address that links the first sign-in.</param>
/// <param name="Enabled">False refuses every credential of the person.</param>
internal sealed record PersonRequest(
    string? Id = null,
    string? Name = null,
    ImmutableArray<string>? Offices = null,
    ImmutableArray<string>? Roles = null,
    string? City = null,
    string? Issuer = null,
    string? Subject = null,
    string? Email = null,
    bool? Enabled = null);
