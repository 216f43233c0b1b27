namespace Quartier.Storage.SensorThings;

/// <summary>Where the functions of a connection find the answers of the statement that it runs.</summary>
internal sealed class AnswerSlot
{
    /// <summary>Of the present statement; null between two.</summary>
    public ReadingAnswers? Current { get; set; }
}
