using System.Collections.Immutable;
using Quartier.Api.Json;

namespace Quartier.Api.Accounts;

/// <summary>Who the caller is.</summary>
/// <param name="Principal"><c>public</c>, <c>person:ID</c> or <c>system:ID</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Roles">What a person may do.</param>
/// <param name="Offices">Ids of the person's offices.</param>
/// <param name="Rights">What the roles allow, in words of the API.</param>
/// <param name="Contract">Id of a system's contract; null for others.</param>
/// <param name="City">Id of the only city in which the principal counts; null for all.</param>
/// <param name="Credential"><c>none</c>, <c>session</c>, <c>key</c> or <c>local-key</c>.</param>
/// <param name="Until">When the credential ends; null for never.</param>
/// <param name="OpenIdConnect">Whether persons can sign in at <c>/api/sign-in/oidc/start</c>.</param>
internal sealed record MeItem(
    string Principal,
    string Name,
    ImmutableArray<string> Roles,
    ImmutableArray<string> Offices,
    ImmutableArray<string> Rights,
    string? Contract,
    string? City,
    string Credential,
    UtcTime? Until,
    bool OpenIdConnect);
