namespace Quartier.Api.Questions;

/// <summary>Which limit stands against one more dear request.</summary>
internal enum QuestionLimit : byte
{
    /// <summary>None: it has a place.</summary>
    None = 0,

    /// <summary>The caller's own.</summary>
    Caller = 1,

    /// <summary>That of all without an account.</summary>
    Public = 2,

    /// <summary>That of all.</summary>
    All = 3,
}
