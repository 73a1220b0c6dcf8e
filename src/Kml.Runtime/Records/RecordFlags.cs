using System;
using Kml.Model;

namespace Kml.Runtime;

/// <summary>What is true of a record.</summary>
[Flags]
public enum RecordFlags : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The model predicted: features, format and prediction are valid.</summary>
    Predicted = RecordHeader.Predicted,

    /// <summary>The label was computed in the kernel.</summary>
    LabelValid = RecordHeader.LabelValid,

    /// <summary>The policy asked for an action.</summary>
    WouldAct = RecordHeader.WouldAct,

    /// <summary>The action was carried out.</summary>
    Acted = RecordHeader.Acted,

    /// <summary>The record is in the share on which nothing is carried out.</summary>
    HeldOut = RecordHeader.HeldOut,

    /// <summary>The verdict on the prediction was yes.</summary>
    Verdict = RecordHeader.Verdict,

    /// <summary>The verdict on the label was yes.</summary>
    LabelVerdict = RecordHeader.LabelVerdict,
}

/// <summary>Which engine made a prediction.</summary>
public enum PredictionFormat : byte
{
    /// <summary>Nobody predicted.</summary>
    None = RecordHeader.FormatNone,

    /// <summary>The float network.</summary>
    Float = RecordHeader.FormatFloat,

    /// <summary>The integer twin.</summary>
    Integer = RecordHeader.FormatInteger,
}
