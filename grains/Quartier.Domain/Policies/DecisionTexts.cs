using System.Globalization;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Decisions in words: each names the policy's versions, what decided, the limit, and the remedy.</summary>
internal sealed class DecisionTexts(string version)
{
    /// <summary>Most purposes or streams that a sentence lists.</summary>
    private const int MostListed = 10;

    private readonly string _de = version.Length == 0 ? "ohne Richtlinie" : $"Richtlinie {version}";
    private readonly string _en = version.Length == 0 ? "without a policy" : $"policy {version}";

    public static DecisionTexts WithoutPolicy { get; } = new("");

    public string Version { get; } = version;

    public ReadDecision Permit(GrantDefinition grant, int minimumUnits)
    {
        var isCell = grant.Scope == ReadScope.Cell;
        var rows = grant.RowLimit.ToString(CultureInfo.InvariantCulture);
        var until = PolicyWords.Until(grant.UntilMs);
        var text = new BilingualText(
            $"Erlaubt durch die Freigabe '{grant.Id}' ({_de}) für den Zweck '{grant.Purpose}': {Named(grant.Floor).De} und gröber, "
            + $"{Named(grant.Scope).De}, höchstens {rows} Zeilen, bis {until}.",
            $"Permitted by the grant '{grant.Id}' ({_en}) for the purpose '{grant.Purpose}': {Named(grant.Floor).En} and coarser, "
            + $"{Named(grant.Scope).En}, at most {rows} rows, until {until}.");
        var obligations = new ReadObligations(
            grant.Floor, grant.Scope, isCell ? minimumUnits : 1, grant.RowLimit, grant.Redactions, grant.UntilMs, grant.Onward);
        return new ReadDecision(DenialReason.None, text, Version, grant.Purpose, grant.Id, obligations);
    }

    public ReadDecision CredentialEnded(ReadRequest request) => Deny(
        DenialReason.CredentialEnded,
        $"Abgelehnt ({_de}): Die Anmeldung oder der Schlüssel von '{request.Principal.Reference}' endete am {PolicyWords.Until(request.Principal.UntilMs)}. "
        + "Neu anmelden oder einen neuen Schlüssel ausstellen lassen.",
        $"Denied ({_en}): the session or key of '{request.Principal.Reference}' ended at {PolicyWords.Until(request.Principal.UntilMs)}. "
        + "Sign in again, or have a new key issued.");

    public ReadDecision NotRegistered(ReadRequest request) => Deny(
        DenialReason.NotRegistered,
        $"Abgelehnt ({_de}): Der Datenstrom '{request.Sensor}/{request.Property}' ist in diesem Stadtteil nicht registriert. Schreibweise prüfen.",
        $"Denied ({_en}): no datastream '{request.Sensor}/{request.Property}' is registered in this district. Check the spelling.");

    public ReadDecision Quarantine(ReadRequest request) => Deny(
        DenialReason.Quarantine,
        $"Abgelehnt ({_de}): Keine Richtlinie regelt '{request.Sensor}/{request.Property}'; der Datenstrom liegt in Quarantäne, niemand liest ihn, und er verfällt "
        + "binnen eines Tages. Einen Eintrag unter 'streams' beantragen und freigeben lassen.",
        $"Denied ({_en}): no policy covers '{request.Sensor}/{request.Property}'; the datastream is in quarantine, where nobody reads and everything expires "
        + "within a day. Propose an entry under 'streams' and have it approved.");

    public ReadDecision ContractEnded(ReadRequest request, ContractDefinition? contract)
    {
        var id = request.Principal.Contract ?? "";
        return contract is null
            ? Deny(
                DenialReason.ContractEnded,
                $"Abgelehnt ({_de}): Es gibt keinen Vertrag '{id}'. Den Vertrag in die Richtlinie der Stadt aufnehmen lassen.",
                $"Denied ({_en}): there is no contract '{id}'. Have the contract entered into the city's policy.")
            : Deny(
                DenialReason.ContractEnded,
                $"Abgelehnt ({_de}): Der Vertrag '{id}' endete am {PolicyWords.Until(contract.UntilMs)}. Eine Verlängerung vereinbaren.",
                $"Denied ({_en}): the contract '{id}' ended at {PolicyWords.Until(contract.UntilMs)}. Agree on an extension.");
    }

    public ReadDecision OutsideContract(ReadRequest request, ContractDefinition contract, string stream) => Deny(
        DenialReason.OutsideContract,
        $"Abgelehnt ({_de}): Der Vertrag '{contract.Id}' umfasst '{stream}' nicht, zu dem '{request.Sensor}/{request.Property}' gehört; er umfasst {List(contract.Streams)}. "
        + "Den Vertrag erweitern lassen.",
        $"Denied ({_en}): the contract '{contract.Id}' does not hold '{stream}', to which '{request.Sensor}/{request.Property}' belongs; it holds {List(contract.Streams)}. "
        + "Have the contract extended.");

    public ReadDecision OutsideContractPurpose(ContractDefinition contract, string purpose) => Deny(
        DenialReason.OutsideContract,
        $"Abgelehnt ({_de}): Der Vertrag '{contract.Id}' umfasst den Zweck '{purpose}' nicht; er umfasst {List(contract.Purposes)}. Einen davon nennen.",
        $"Denied ({_en}): the contract '{contract.Id}' does not hold the purpose '{purpose}'; it holds {List(contract.Purposes)}. State one of these.",
        purpose);

    public ReadDecision PurposeUnknown(string stated, IEnumerable<string> known)
    {
        var all = known.Order(StringComparer.Ordinal).ToList();
        var shown = stated.Length <= 64 ? stated : string.Concat(stated.AsSpan(0, 64), "…");
        var near = Spelling.Hint(shown, all);
        return Deny(
            DenialReason.PurposeUnknown,
            $"Abgelehnt ({_de}): Die Richtlinie kennt keinen Zweck '{shown}'{near.Replace("did you mean", "gemeint", StringComparison.Ordinal)}. Zwecke: {List(all)}.",
            $"Denied ({_en}): the policy knows no purpose '{shown}'{near}. Purposes: {List(all)}.");
    }

    public ReadDecision PurposeMissing(StreamPolicy stream) => Deny(
        DenialReason.PurposeMissing,
        $"Abgelehnt ({_de}): Es wurde kein Zweck genannt, und welcher gemeint ist, ist nicht eindeutig. '{stream.Id}' wird erhoben für {List(stream.Purposes)}: "
        + "einen davon nennen (Quartier-Purpose).",
        $"Denied ({_en}): no purpose was stated, and it is not clear which one is meant. '{stream.Id}' is collected for {List(stream.Purposes)}: "
        + "state one of these (Quartier-Purpose).");

    public ReadDecision PurposeMismatch(string purpose, StreamPolicy stream) => Deny(
        DenialReason.PurposeMismatch,
        $"Abgelehnt ({_de}): '{stream.Id}' wird nicht für den Zweck '{purpose}' erhoben, sondern für {List(stream.Purposes)}. Zweckbindung: einen davon nennen, wenn er zutrifft.",
        $"Denied ({_en}): '{stream.Id}' is not collected for the purpose '{purpose}' but for {List(stream.Purposes)}. Purpose limitation: state one of these if it is true.",
        purpose);

    public ReadDecision Denied(string purpose, DenyDefinition denial) => Deny(
        DenialReason.DeniedByPolicy,
        $"Abgelehnt durch die Sperre '{denial.Id}' ({_de}), was immer sonst freigegeben ist: {denial.Because} Nur eine geänderte Richtlinie hebt sie auf.",
        $"Denied by '{denial.Id}' ({_en}), whatever else is granted: {denial.Because} Only a changed policy lifts it.",
        purpose,
        denial.Id);

    public ReadDecision NoGrant(ReadRequest request, string? purpose, StreamPolicy stream)
    {
        var (de, en) = purpose is null ? ("", "") : ($" für den Zweck '{purpose}'", $" for the purpose '{purpose}'");
        return Deny(
            DenialReason.NoGrant,
            $"Abgelehnt ({_de}): Keine Freigabe gibt '{request.Principal.Reference}' den Eintrag '{stream.Id}'{de}. Beim Amt '{stream.Office}' eine Freigabe beantragen.",
            $"Denied ({_en}): no grant gives '{request.Principal.Reference}' the entry '{stream.Id}'{en}. Ask the office '{stream.Office}' for a grant.",
            purpose);
    }

    public ReadDecision NotByGrant(ReadRequest request, DenialReason reason, GrantDefinition grant)
    {
        var text = NotByGrant(reason, request, grant);
        return Deny(reason, text.De, text.En, grant.Purpose, grant.Id);
    }

    public static BilingualText Named(Resolution resolution) => resolution switch
    {
        Resolution.Raw => new("Einzelwerte", "single readings"),
        Resolution.Minute => new("Minutenwerte", "values by the minute"),
        Resolution.Quarter => new("Viertelstundenwerte", "values by the quarter of an hour"),
        Resolution.Hour => new("Stundenwerte", "values by the hour"),
        Resolution.Day => new("Tageswerte", "values by the day"),
        Resolution.Week => new("Wochenwerte", "values by the week"),
        _ => new("Monatswerte", "values by the month"),
    };

    private static BilingualText Named(ReadScope scope) => scope == ReadScope.Sensor
        ? new("auch einzelner Sensoren", "of single sensors too")
        : new("nur über Zellen zusammengefasst", "summarised over cells only");

    private BilingualText NotByGrant(DenialReason reason, ReadRequest request, GrantDefinition grant)
    {
        var (floor, asked) = (Named(grant.Floor), Named(request.Resolution));
        return reason switch
        {
            DenialReason.OutsideArea => new(
                $"Abgelehnt ({_de}): Die Freigabe '{grant.Id}' gilt nur in ihrem Gebiet; '{request.Sensor}' liegt außerhalb oder ohne bekannten Ort. Das Gebiet erweitern lassen.",
                $"Denied ({_en}): the grant '{grant.Id}' holds within its area only; '{request.Sensor}' lies outside, or its position is unknown. Have the area extended."),
            DenialReason.GrantExpired => new(
                $"Abgelehnt ({_de}): Die Freigabe '{grant.Id}' endete am {PolicyWords.Until(grant.UntilMs)}. Eine Verlängerung beantragen.",
                $"Denied ({_en}): the grant '{grant.Id}' ended at {PolicyWords.Until(grant.UntilMs)}. Apply for an extension."),
            DenialReason.CellsOnly => new(
                $"Abgelehnt ({_de}): Die Freigabe '{grant.Id}' gibt nur über Zellen Zusammengefasstes; ein einzelner Sensor wurde verlangt. Nach Zellen fragen, {floor.De} und gröber.",
                $"Denied ({_en}): the grant '{grant.Id}' is for aggregates over cells only; a single sensor was asked for. Ask for cells, {floor.En} and coarser."),
            _ => new(
                $"Abgelehnt ({_de}): Verlangt waren {asked.De}; die Freigabe '{grant.Id}' gibt {floor.De} und gröber. Gröber fragen.",
                $"Denied ({_en}): {asked.En} were asked for; the grant '{grant.Id}' gives {floor.En} and coarser. Ask for coarser data."),
        };
    }

    private ReadDecision Deny(DenialReason reason, string de, string en, string? purpose = null, string? grant = null) =>
        new(reason, new BilingualText(de, en), Version, purpose, grant, null);

    private static string List(IReadOnlyList<string> ids) => ids.Count switch
    {
        0 => "–",
        <= MostListed => string.Join(", ", ids),
        _ => string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", ids.Take(MostListed))}, +{ids.Count - MostListed}"),
    };
}
