namespace Quartier.Contracts.Registers;

/// <summary>Which of the records that data protection law asks for. The words are part of the interface, in kebab case.</summary>
public enum RecordKind : byte
{
    /// <summary>The record of processing activities (Art. 30 DSGVO).</summary>
    Processing = 0,

    /// <summary>The draft of an impact assessment (Art. 35 DSGVO).</summary>
    ImpactAssessment = 1,
}
