using System;

namespace Kml.Training;

/// <summary>The data or the options do not allow training. The message says what is wrong and what to do.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong, and the remedy.</param>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    /// <param name="message">What is wrong, and the remedy.</param>
    /// <param name="inner">The cause.</param>
    public TrainingException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
