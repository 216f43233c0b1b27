namespace Quartier.Gateway.Load;

/// <summary>The policy of <see cref="LoadCity"/>: without one everything it sends would be in quarantine, stored for a day and read by nobody.</summary>
public static class LoadPolicy
{
    /// <summary>The file: keeps everything as long as the registry says, and opens it to the public and the control room.</summary>
    public const string Yaml =
        """
        policy: 1
        city: bench
        purposes:
          - {id: measurement, name: Load test, legalBasis: none, office: o, question: How fast is it?, reviewDay: 2099-12-31}
          - {id: betrieb, name: Operation, legalBasis: none, office: o, question: Does it run?, reviewDay: 2099-12-31}
        streams:
          - id: all
            match: ["*/*/*"]
            class: public
            purposes: [measurement, betrieb]
            operator: Load test
            office: o
            answers: {collected: Invented values., use: They are counted., access: Everybody., passedOn: "No."}
            retention: {raw: 36500}
        grants:
          - {id: public, principals: [public], streams: [all], purpose: measurement, floor: raw, scope: sensor, until: 2099-12-31, rowLimit: 100000, onward: freely}
          - {id: operator, principals: ["role:operator"], streams: [all], purpose: betrieb, floor: raw, scope: sensor, until: 2099-12-31, rowLimit: 100000, onward: freely}

        """;
}
