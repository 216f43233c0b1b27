using Microsoft.AspNetCore.Http.Extensions;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Districts;

/// <summary>Answers a read that a district denies.</summary>
internal static class Denials
{
    /// <summary>The problem document: it names what decided and what can be done, and nothing of what was asked for.</summary>
    public static ApiProblem Problem(Caller caller, string city, string stream, Resolution resolution, ReadDecision decision, string detail) => new(new(
        "urn:quartier:problem:read-denied",
        "The district does not permit it",
        StatusCodes.Status403Forbidden,
        detail)
    {
        Reason = Words<DenialReason>.Of(decision.Reason),
        Policy = decision.PolicyVersion.Length == 0 ? null : decision.PolicyVersion,
        Grant = decision.Grant,
        Purpose = decision.Purpose ?? caller.Purpose,
        Stream = stream,
        Explanation = decision.Explanation,
        Remedy = Remedy(decision.Reason),
        Why = Why(caller, city, stream, resolution),
    });

    /// <summary>What whoever asks by HTTP can do.</summary>
    public static BilingualText Remedy(DenialReason reason) => reason switch
    {
        DenialReason.PurposeMissing => new(
            "Den Zweck nennen: Kopfzeile Quartier-Purpose oder Parameter purpose.", "State the purpose: header Quartier-Purpose or parameter purpose."),
        DenialReason.PurposeUnknown or DenialReason.PurposeMismatch => new(
            "Einen Zweck nennen, für den der Datenstrom erhoben wird.", "State a purpose for which the datastream is collected."),
        DenialReason.TooFine => new(
            "Gröbere Werte lesen: …/aggregates mit einem längeren window.", "Read coarser values: …/aggregates with a longer window."),
        DenialReason.CellsOnly => new(
            "Veröffentlichte Zusammenfassungen über Zellen lesen: /open.", "Read the published aggregates over cells: /open."),
        DenialReason.CredentialEnded => new("Neu anmelden oder einen neuen Schlüssel verwenden.", "Sign in again or use a new key."),
        DenialReason.NotRegistered => new("Die Schreibweise des Datenstroms prüfen.", "Check the spelling of the datastream."),
        DenialReason.Quarantine => new(
            "Den Datenstrom in der Richtlinie regeln lassen.", "Have the datastream covered by the policy."),
        DenialReason.ContractEnded or DenialReason.OutsideContract => new(
            "Den Vertrag mit der Stadt ändern oder verlängern.", "Change or extend the contract with the city."),
        DenialReason.DeniedByPolicy => new("Nur eine geänderte Richtlinie hebt die Sperre auf.", "Only a changed policy lifts the denial."),
        _ => new("Beim zuständigen Amt eine Freigabe beantragen.", "Apply to the responsible office for a grant."),
    };

    private static string Why(Caller caller, string city, string stream, Resolution resolution)
    {
        var query = new QueryBuilder { { "stream", stream }, { "resolution", Words<Resolution>.Of(resolution) } };
        if (caller.Purpose is { } purpose)
        {
            query.Add("purpose", purpose);
        }

        return $"/api/cities/{city}/why{query.ToQueryString()}";
    }
}
