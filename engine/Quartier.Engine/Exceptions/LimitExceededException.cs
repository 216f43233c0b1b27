namespace Orleans.Runtime;

/// <summary>A named limit was reached; the call did not run.</summary>
[Serializable]
[GenerateSerializer]
public sealed class LimitExceededException : OrleansException
{
    /// <summary>Without a message of its own.</summary>
    public LimitExceededException()
        : base("Limit exceeded")
    {
    }

    /// <summary>With a message.</summary>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public LimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
