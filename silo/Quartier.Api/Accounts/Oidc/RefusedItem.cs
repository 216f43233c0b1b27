using Quartier.Api.Json;

namespace Quartier.Api.Accounts.Oidc;

/// <summary>Somebody whom the provider vouched for and whom no person is linked to.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Their unchanging name there: <c>quartier person change PERSON --issuer … --subject …</c> links them.</param>
/// <param name="Email">Their address, when the provider has verified it.</param>
/// <param name="Last">When they tried last.</param>
/// <param name="Count">How often they tried.</param>
internal sealed record RefusedItem(string Issuer, string Subject, string? Email, UtcTime Last, long Count);
