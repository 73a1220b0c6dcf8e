using System;
using Spectre.Console;

namespace Kml.Cli;

/// <summary>A table of names and values.</summary>
internal sealed class Facts
{
    private readonly Table _table;

    /// <summary>Begins a table.</summary>
    /// <param name="title">What it is about.</param>
    /// <param name="explained">Whether each row says in words what it is.</param>
    public Facts(string title, bool explained = false)
    {
        _table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(title)) };
        _table.AddColumn(new TableColumn("name").NoWrap());
        _table.AddColumn("value");
        if (explained)
            _table.AddColumn("meaning");
        _table.HideHeaders();
    }

    public Facts Add(string name, string value)
    {
        _table.AddRow(new Text(name), new Text(value));
        return this;
    }

    public Facts Add(string name, string value, string meaning)
    {
        _table.AddRow(new Text(name), new Text(value), new Text(meaning));
        return this;
    }

    public Facts Add(string name, FormattableString value) => Add(name, FormattableString.Invariant(value));

    public Facts Add(string name, ulong value, string meaning) => Add(name, FormattableString.Invariant($"{value:N0}"), meaning);

    /// <summary>Adds an account: whether it adds up, or by how much it is off.</summary>
    /// <param name="sum">What is to be equal, in the names of the rows above.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="off">By how many it is off.</param>
    public Facts AddAccount(string sum, string unit, long off) =>
        Add("account", off == 0 ? "adds up" : FormattableString.Invariant($"off by {off:+#;-#} {unit}"), $"{sum}; exact only while the disks are idle");

    public void Write(IAnsiConsole output) => output.Write(_table);
}
