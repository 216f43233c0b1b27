namespace Quartier.Domain.SensorThings.Writing;

/// <summary>What a body may hold at most.</summary>
public static class BodyLimits
{
    /// <summary>Bytes of one request: a thing with some hundred datastreams, or some ten thousand observations as data arrays.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Deepest nesting of JSON: the model itself needs about 12, properties the rest.</summary>
    public const int MaxDepth = 32;

    /// <summary>Entities created by one body, Observations not counted: they are made in one transaction, for which everybody else waits.</summary>
    public const int MaxEntities = 2_000;

    /// <summary>Observations of one body: some hundred milliseconds of a sensor's time.</summary>
    public const int MaxObservations = 100_000;

    /// <summary>Characters of a name, as in the registry.</summary>
    public const int MaxName = 1_000;

    /// <summary>Characters of a description, a definition or another text.</summary>
    public const int MaxText = 10_000;

    /// <summary>Characters of a JSON value such as <c>properties</c> or a geometry: a detailed district outline.</summary>
    public const int MaxJson = 256 * 1024;

    /// <summary>Components of a MultiDatastream, as a sensor may have datastreams.</summary>
    public const int MaxComponents = 256;

    /// <summary>Bytes of an Observation's parameters: some dozen circumstances. They rest in the journal and in memory until they are sealed.</summary>
    public const int MaxParametersBytes = 4 * 1024;

    /// <summary>Bytes of an Observation's resultQuality: some elements, or a text.</summary>
    public const int MaxQualityBytes = 1024;

    /// <summary>Bytes of a result that is no number: a sentence, or a small object.</summary>
    public const int MaxResultBytes = 4 * 1024;

    /// <summary>Deepest nesting of what an Observation holds beside a number: it is a remark, and no document.</summary>
    public const int MaxRemarkDepth = 8;
}
